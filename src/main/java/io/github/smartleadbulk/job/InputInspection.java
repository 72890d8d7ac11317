package io.github.smartleadbulk.job;

import io.github.smartleadbulk.guard.TextCheck;
import io.github.smartleadbulk.input.AddressBook;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.Inspection;
import io.github.smartleadbulk.input.Remarks;
import io.github.smartleadbulk.run.RunAccounts;
import io.github.smartleadbulk.run.RunRefusedException;
import io.github.smartleadbulk.state.DuplicateRows.DuplicateRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the whole input and stores what later steps need. */
record InputInspection(RunContext context) {

  /** Inspects the input before anything is known about the accounts. */
  void inspect() throws IOException {
    TextCheck texts = new TextCheck(context.rowMessages());
    Remarks remarks = context.prepared().input().remarks();
    remarks.notes().forEach(context.listener()::note);
    remarks.warnings().forEach(context.listener()::warning);
    Map<String, Long> rowsByWorkspace = new HashMap<>();
    Consumer<InputRow> count = row -> rowsByWorkspace.merge(row.workspace(), 1L, Long::sum);
    Inspection inspection =
        inspect(
            AddressBook.unknown(),
            // A rollback restores the values that an account had, even if they look wrong.
            context.options().isRollback() ? count : count.andThen(texts::add),
            context.listener()::invalidRow);
    context
        .store()
        .runs()
        .setRows(
            context.run(),
            inspection.rows(),
            context.workspaces().size() == 1
                ? List.of(inspection.rows())
                : context.workspaces().stream()
                    .map(workspace -> rowsByWorkspace.getOrDefault(workspace.name(), 0L))
                    .toList());
    context.listener().inspected(inspection.rows(), inspection.invalid());
    texts.end();
    if (context.settings().strict() && !remarks.warnings().isEmpty()) {
      throw new RunRefusedException(
          "the file causes a warning and --strict is set: nothing was sent");
    }
    context.refuseIfStrict(inspection.invalid(), "is invalid", "are invalid");
    context.refuseIfStrict(texts);
  }

  /**
   * Inspects the input again when the ids of addresses are known: two rows may turn out to be for
   * one account. Call after all account lists have been read.
   */
  void lookUpAddresses() throws IOException {
    int before = context.store().duplicateRows().of(context.run()).size();
    try (RunAccounts accounts = RunAccounts.open(context.store(), context.prepared().run())) {
      Inspection inspection = inspect(accounts, row -> {}, null);
      int more = inspection.duplicates().entries().size() - before;
      if (more > 0) {
        context.listener().sharedAccounts(more);
        context.refuseIfStrict(inspection.invalid(), "is invalid", "are invalid");
      }
    }
  }

  private Inspection inspect(
      AddressBook addresses, Consumer<InputRow> each, @Nullable Consumer<InputRow> invalid)
      throws IOException {
    Inspection inspection = context.prepared().input().inspect(addresses, each, invalid);
    List<DuplicateRow> duplicates =
        inspection.duplicates().entries().stream()
            .map(entry -> new DuplicateRow(entry.row(), entry.line(), entry.key()))
            .toList();
    context.store().duplicateRows().replace(context.run(), duplicates);
    return inspection;
  }
}
