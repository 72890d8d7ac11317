package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FollowUps;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.state.StateStore;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "retry",
    description = {
      "Starts a new run over the rows of RUN that are failed or uncertain.",
      "",
      "Examples:",
      "  ./run.sh retry 12",
      "  ./run.sh retry 12 --only uncertain"
    })
final class RetryCommand extends NewRunCommand {

  @Parameters(paramLabel = "RUN", description = "Number of the run.")
  int run;

  @OneRun
  @Option(
      names = "--only",
      paramLabel = "failed|uncertain|CODE",
      description = "Send only rows with this status, or with this HTTP status.")
  @Nullable String only;

  RetryCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    Predicate<RowOutcome> chosen = chosen();
    try (StateStore store = open(state);
        Target target = Target.openFor(earlier(store, run), workspaces(api), store)) {
      PreparedRun prepared =
          new FollowUps(store, environment.clock(), terms())
              .retry(run, place(target, reporting.results), chosenWorkspace(), chosen);
      return apply(prepared, target, store);
    }
  }

  private Predicate<RowOutcome> chosen() {
    Predicate<RowOutcome> retried =
        outcome -> outcome.status() == RowStatus.FAILED || outcome.status() == RowStatus.UNCERTAIN;
    if (only == null) {
      return retried;
    }
    String wanted = only.toLowerCase(Locale.ROOT);
    if (wanted.equals("failed") || wanted.equals("uncertain")) {
      return outcome -> outcome.status().toString().equals(wanted);
    }
    if (!wanted.matches("[1-5][0-9]{2}")) {
      throw new UsageException(
          "--only: found \"" + only + "\", expected failed, uncertain or an HTTP status");
    }
    Integer status = Integer.valueOf(wanted);
    return retried.and(outcome -> status.equals(outcome.httpStatus()));
  }
}
