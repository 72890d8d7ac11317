package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.cli.option.HtmlOptions;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.RateOptions;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.page.RunPage;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunSpec;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = {
      "Writes an HTML page about one run: outcome, failures, calls and changes.",
      "Makes no call.",
      "",
      "Examples:",
      "  ./run.sh report 12",
      "  ./run.sh report 12 --out night.html"
    })
final class ReportCommand extends Subcommand {

  @Parameters(paramLabel = "RUN", description = "Number of the run.")
  int run;

  @OneRun
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write the page to (default: report-RUN.html).")
  @Nullable Path out;

  @Mixin RateOptions limits = new RateOptions();
  @Mixin StateOptions state = new StateOptions();

  ReportCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws IOException {
    List<RateWindow> windows = limits.windows();
    String name = out == null ? "report-" + run + ".html" : out.toString();
    Path file = environment.resolve(name);
    try (StateStore store = state.openRuns(environment)) {
      RecordedRuns history = RecordedRuns.of(store);
      RunRecord record = StateOptions.find(history, run);
      if (record.spec().isPlan()) {
        throw new UsageException(isOfPlan(record.spec()));
      }
      HtmlOptions.check(out == null ? name : "--out " + name, file, store.folder(), List.of());
      try (RunPage page =
          new RunPage(store, history, record, invocation(), windows, environment.clock())) {
        page.writeTo(file);
      }
    }
    if (!quiet) {
      environment.text().println(file);
      environment.text().flush();
    }
    return ExitCode.OK;
  }

  private String isOfPlan(RunSpec spec) {
    return spec.planOf()
        .map(
            of ->
                "run %d is a dry run: make its page with '%s … --dry-run --html FILE'"
                    .formatted(run, of))
        .orElse("run %d is a plan: make its page with 'plan FILE --html FILE'".formatted(run));
  }
}
