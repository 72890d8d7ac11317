package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.plan.Restoring;
import io.github.smartleadbulk.result.BeforeFile;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.WorkspaceColumn;
import io.github.smartleadbulk.state.Outcomes;
import io.github.smartleadbulk.state.Outcomes.ChangedRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;

/** The values that a run has replaced, as a CSV that restores them. */
public record ValuesBefore(Outcomes outcomes, int run) {

  /**
   * Writes a row for each account in which one of the fields was changed.
   *
   * @return the number of rows
   */
  public long writeTo(
      Path path,
      Set<AccountField> fields,
      Predicate<WorkspaceAccount> accounts,
      WorkspaceColumn workspaces,
      ByteOrderMark mark)
      throws IOException {
    long written = 0;
    try (BeforeFile file = new BeforeFile(path, fields, workspaces, mark)) {
      long row = 0;
      for (List<ChangedRow> page = outcomes.changes(run, row);
          !page.isEmpty();
          page = outcomes.changes(run, row)) {
        for (ChangedRow changed : page) {
          row = changed.row();
          if (accounts.test(changed.account()) && append(file, changed, fields)) {
            written++;
          }
        }
      }
    }
    return written;
  }

  private static boolean append(BeforeFile file, ChangedRow row, Set<AccountField> fields)
      throws IOException {
    Map<AccountField, String> cellsByField = new EnumMap<>(AccountField.class);
    StringJoiner message = new StringJoiner("; ");
    boolean any = false;
    for (AccountField field : row.changes().after().keySet()) {
      if (!fields.contains(field)) {
        continue;
      }
      any = true;
      SettingValue before = row.changes().before().get(field);
      Restoring restoring = Restoring.of(field, before);
      if (restoring instanceof Restoring.Cell cell) {
        cellsByField.put(field, cell.cell());
      } else {
        message.add(field.apiName() + ": " + ((Restoring.Impossible) restoring).why());
      }
    }
    if (any) {
      file.append(row.account(), cellsByField, message.toString());
    }
    return any;
  }
}
