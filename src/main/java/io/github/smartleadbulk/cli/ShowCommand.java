package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.output.FinalReport;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunSummaries;
import io.github.smartleadbulk.state.Outcomes.RunOutcome;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "show",
    description = {
      "Shows one run in detail, or what happened to an account or to some rows.",
      "",
      "Examples:",
      "  ./run.sh show 12 --status failed",
      "  ./run.sh show --account 10000001"
    })
final class ShowCommand extends Subcommand {

  /** The most rows to print. For more, results.csv in a spreadsheet is better. */
  private static final int MOST = 1_000;

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "Number of the run.")
  @Nullable Integer run;

  @OneRun
  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Show what was sent to this account: in RUN, or in all runs.")
  @Nullable Long account;

  @OneRun
  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Show the rows of RUN with this status: ${COMPLETION-CANDIDATES}.")
  @Nullable RowStatus status;

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print JSON instead of text.")
  boolean json;

  @Mixin StateOptions state = new StateOptions();

  ShowCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() {
    if (run == null && account == null) {
      throw new UsageException("show needs a run number or --account ID");
    }
    try (StateStore store =
        state
            .openToRead(environment)
            .orElseThrow(() -> new UsageException("there are no runs yet"))) {
      if (account == null && status == null) {
        showRun(store, find(store));
      } else {
        showRows(rows(store));
      }
      return ExitCode.OK;
    }
  }

  private RunRecord find(StateStore store) {
    return store
        .runs()
        .find(Objects.requireNonNull(run))
        .orElseThrow(() -> new UsageException("there is no run " + run + "; see 'runs'"));
  }

  private void showRun(StateStore store, RunRecord record) {
    RunSummary summary =
        RunSummaries.of(store, record, RunsCommand.status(record, store.isAtWork()));
    PrintStream out = environment.text();
    if (json) {
      out.println(summary.toJson());
      return;
    }
    out.print(
        FinalReport.of(
            summary,
            store,
            RowStatus.NEEDING_ATTENTION,
            store.runFolder(record.id()).resolve("input.csv").toString()));
    if (record.spec().origin() != null) {
      out.printf(Locale.ROOT, "  %s of run %d%n", record.spec().command(), record.spec().origin());
    }
    for (RunRecord later : store.runs().ofOrigin(record.id())) {
      out.printf(
          Locale.ROOT,
          "  %s in run %d (%s): %s%n",
          later.spec().command(),
          later.id(),
          RunsCommand.status(later, store.isAtWork()),
          store.rowCounts().of(later.id()).entrySet().stream()
              .map(entry -> entry.getValue() + " " + entry.getKey())
              .collect(Collectors.joining(", ")));
    }
    out.flush();
  }

  private List<RunOutcome> rows(StateStore store) {
    List<RunOutcome> rows = new ArrayList<>();
    if (account != null) {
      rows.addAll(store.outcomes().ofAccount(account, MOST));
      rows.removeIf(row -> run != null && row.run() != run);
    } else {
      int id = find(store).id();
      for (RowOutcome outcome :
          store.outcomes().page(id, 0, MOST, EnumSet.of(Objects.requireNonNull(status)))) {
        rows.add(new RunOutcome(id, outcome));
      }
    }
    rows.removeIf(row -> status != null && row.outcome().status() != status);
    return rows;
  }

  private void showRows(List<RunOutcome> rows) {
    PrintStream out = environment.text();
    if (json) {
      out.println(
          JsonMapper.shared().writeValueAsString(rows.stream().map(ShowCommand::json).toList()));
      return;
    }
    if (rows.isEmpty()) {
      out.println("There are no matching rows.");
    }
    for (RunOutcome row : rows) {
      RowOutcome outcome = row.outcome();
      out.printf(
          Locale.ROOT,
          "run %d, line %d, account %s: %s%s%s%s%n",
          row.run(),
          outcome.line(),
          outcome.accountId() == null ? "unknown" : outcome.accountId(),
          outcome.status(),
          outcome.changedFields().isEmpty() ? "" : " " + String.join(";", outcome.changedFields()),
          outcome.finishedAt() == null ? "" : " at " + outcome.finishedAt(),
          outcome.message().isEmpty() ? "" : ": " + outcome.message());
    }
    if (rows.size() == MOST) {
      out.printf(Locale.ROOT, "These are the first %,d rows. results.csv has all rows.%n", MOST);
    }
  }

  private static Map<String, Object> json(RunOutcome row) {
    RowOutcome outcome = row.outcome();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", row.run());
    json.put("row", outcome.row());
    json.put("line", outcome.line());
    json.put("email_account_id", outcome.accountId());
    json.put("status", outcome.status().toString());
    json.put("changed_fields", outcome.changedFields());
    json.put("http_status", outcome.httpStatus());
    json.put("attempts", outcome.attempts());
    json.put("message", outcome.message());
    json.put("finished_at", outcome.finishedAt() == null ? null : outcome.finishedAt().toString());
    return json;
  }
}
