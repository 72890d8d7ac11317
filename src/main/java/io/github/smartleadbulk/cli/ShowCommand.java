package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.output.AccountTable;
import io.github.smartleadbulk.cli.output.RunText;
import io.github.smartleadbulk.cli.output.ZonedTimes;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.RequestedAccount;
import io.github.smartleadbulk.cli.target.RequestedWorkspace;
import io.github.smartleadbulk.history.AccountEntry;
import io.github.smartleadbulk.history.AccountSearch;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.history.RunDetails;
import io.github.smartleadbulk.result.RecordJson;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.RunFiles;
import io.github.smartleadbulk.run.RunSummaries;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = {
      "Shows one run in detail, some of its rows, or every change of one account.",
      "",
      "Examples:",
      "  ./run.sh show 12",
      "  ./run.sh show 12 --status failed",
      "  ./run.sh show --account 10000001 --since 30d",
      "  ./run.sh show --account anna@example.com"
    })
final class ShowCommand extends Subcommand {

  /** The most rows to print. For more, results.csv in a spreadsheet is better. */
  private static final int MOST = 1_000;

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "Number of the run.")
  @Nullable Integer run;

  @OneRun
  @Option(
      names = "--account",
      paramLabel = "ID|ADDRESS",
      description =
          "Show every change of this account, given by its id or its address: in RUN, or in all runs.")
  @Nullable String account;

  @OneRun
  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "With --account, show only changes that were made at most this long ago.")
  @Nullable Duration since;

  @OneRun
  @Option(
      names = "--workspace",
      paramLabel = "NAME",
      description = "With --account or --status, show only accounts or rows of this workspace.")
  @Nullable String workspace;

  @OneRun
  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Show the rows with this status: ${COMPLETION-CANDIDATES}.")
  @Nullable RowStatus status;

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print JSON instead of text.")
  boolean json;

  @Mixin StateOptions state = new StateOptions();

  ShowCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws IOException {
    if (run == null && account == null) {
      throw new UsageException("show needs a run number or --account ID");
    }
    if (since != null && account == null) {
      throw new UsageException("--since works only with --account");
    }
    if (workspace != null && account == null && status == null) {
      throw new UsageException("--workspace works only with --account or --status");
    }
    RequestedAccount wanted = account == null ? null : RequestedAccount.of(account);
    try (StateStore store = state.openRuns(environment)) {
      RecordedRuns history = RecordedRuns.of(store);
      workspace = RequestedWorkspace.of(workspace, spec, history);
      if (wanted != null) {
        showAccount(new AccountSearch(store, history), wanted);
      } else if (status != null) {
        showRows(store, history, status);
      } else {
        showRun(store, history);
      }
      return ExitCode.OK;
    }
  }

  private RunRecord find(RecordedRuns history) {
    return StateOptions.find(history, run == null ? 0 : run);
  }

  private void showRun(StateStore store, RecordedRuns history) {
    RunRecord record = find(history);
    RunSummary summary = RunSummaries.of(store, record, history.status(record));
    RunDetails details = RunDetails.of(store, history, record, summary, invocation());
    PrintStream out = environment.text();
    if (json) {
      out.println(RecordJson.of(details));
      return;
    }
    out.print(RunText.of(summary, details, store, RunFiles.of(store, record).input().toString()));
    out.flush();
  }

  private void showRows(StateStore store, RecordedRuns history, RowStatus chosen) {
    RunRecord record = find(history);
    List<RowOutcome> rows = rows(store, record.id(), chosen);
    if (json) {
      String title = RecordedRuns.title(record);
      environment
          .text()
          .println(
              RecordJson.of(
                  rows.stream().map(row -> AccountEntry.of(record.id(), row, title)).toList()));
      return;
    }
    PrintStream out = environment.text();
    if (rows.isEmpty()) {
      out.println("There are no matching rows.");
    }
    rows.forEach(row -> print(out, record, row));
    tellMost(rows.size());
  }

  private List<RowOutcome> rows(StateStore store, int number, RowStatus chosen) {
    List<RowOutcome> rows = new ArrayList<>();
    long after = 0;
    while (rows.size() < MOST) {
      List<RowOutcome> page = store.outcomes().page(number, after, MOST, EnumSet.of(chosen));
      page.stream().filter(row -> isWanted(row.workspace())).forEach(rows::add);
      if (page.size() < MOST) {
        break;
      }
      after = page.get(page.size() - 1).row();
    }
    return rows.subList(0, Math.min(rows.size(), MOST));
  }

  private boolean isWanted(String name) {
    return workspace == null || workspace.equalsIgnoreCase(name);
  }

  private static void print(PrintStream out, RunRecord run, RowOutcome row) {
    out.printf(
        Locale.ROOT,
        "run %d, line %d, account %s%s: %s%s%s%s%n",
        run.id(),
        row.line(),
        row.accountId() == null ? "unknown" : row.accountId(),
        run.spec().namesWorkspaces() ? " in workspace " + row.workspace() : "",
        row.status(),
        row.changedFields().isEmpty() ? "" : " " + String.join(";", row.changedFields()),
        row.finishedAt() == null ? "" : " at " + ZonedTimes.toTheSecond(row.finishedAt()),
        row.message().isEmpty() ? "" : ": " + row.message());
  }

  private void showAccount(AccountSearch search, RequestedAccount wanted) throws IOException {
    if (run != null) {
      find(search.history());
    }
    Set<WorkspaceAccount> ids = ids(search, wanted);
    Instant from = since == null ? Instant.MIN : environment.clock().instant().minus(since);
    List<AccountEntry> found = search.entries(ids, from, MOST);
    List<AccountEntry> entries =
        found.stream()
            .filter(entry -> run == null || entry.run() == run)
            .filter(entry -> status == null || entry.status().equals(status.toString()))
            .toList();
    if (json) {
      environment.text().println(RecordJson.of(entries));
      return;
    }
    PrintStream out = environment.text();
    if (ids.size() > 1 && wanted.address() != null) {
      out.printf(
          "%s was the address of %s.%n%n", wanted.address(), Amount.of(ids.size(), "account"));
    }
    boolean namesWorkspaces =
        ids.stream().anyMatch(one -> !one.workspace().equals(WorkspaceNames.DEFAULT));
    for (WorkspaceAccount one : ids) {
      out.printf(
          "Account %d%s%n", one.id(), namesWorkspaces ? " in workspace " + one.workspace() : "");
      AccountTable.print(out, entries.stream().filter(entry -> entry.isOf(one)).toList());
    }
    tellMost(found.size());
  }

  private Set<WorkspaceAccount> ids(AccountSearch search, RequestedAccount wanted)
      throws IOException {
    Set<WorkspaceAccount> ids =
        wanted.id() == null
            ? search.accountsWith(String.valueOf(wanted.address()))
            : search.accountsWith(wanted.id());
    ids.removeIf(one -> !isWanted(one.workspace()));
    if (ids.isEmpty() && wanted.id() != null) {
      return Set.of(
          new WorkspaceAccount(
              workspace == null ? WorkspaceNames.DEFAULT : workspace, wanted.id()));
    }
    if (ids.isEmpty()) {
      throw new UsageException(
          "no account with the address %s is known here%s: addresses come from the inputs of runs and from the account lists of plans and unfinished runs. Give the id of the account."
              .formatted(wanted.address(), workspace == null ? "" : " in workspace " + workspace));
    }
    return ids;
  }

  private void tellMost(int rows) {
    if (rows == MOST && !json) {
      environment
          .text()
          .printf(
              Locale.ROOT,
              account == null
                  ? "These are the first %,d rows. results.csv has all rows.%n"
                  : "These are the last %,d rows. The results.csv of each run has all rows.%n",
              MOST);
    }
  }
}
