package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.job.RunSummaries;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows one run in detail.")
final class ShowCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "Number of the run.")
  int run;

  @Option(names = "--json", description = "As one JSON object.")
  boolean json;

  @Mixin StateChoice state = new StateChoice();

  ShowCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() {
    try (StateStore store = state.open(surroundings)) {
      RunRecord record =
          store
              .runs()
              .find(run)
              .orElseThrow(() -> new UsageException("there is no run " + run + "; see 'runs'"));
      RunSummary summary = RunSummaries.of(store, record);
      surroundings
          .out()
          .print(json ? summary.toJson() + System.lineSeparator() : page(summary, store));
      surroundings.out().flush();
      return ExitCode.OK;
    }
  }

  private static String page(RunSummary summary, StateStore store) {
    Set<RowStatus> shown = EnumSet.allOf(RowStatus.class);
    shown.removeIf(status -> !status.needsAttention());
    return FinalReport.of(summary, store, shown);
  }
}
