package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.cli.option.ExcelOptions;
import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.OneRun;
import io.github.smartleadbulk.cli.option.RampArguments;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.option.UnfinishedOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.output.PreviewReport;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.target.Target;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.fill.Fills;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.input.Remarks;
import io.github.smartleadbulk.page.RampPage;
import io.github.smartleadbulk.ramp.Dates;
import io.github.smartleadbulk.ramp.RampPlan;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.PreviewFile;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.OutputPath;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RampDate;
import io.github.smartleadbulk.run.RampDay;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.run.RunPlace;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRequest;
import io.github.smartleadbulk.run.RunRequest.InputSource;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ramp",
    description = {
      "Computes the day's daily limits from a ramp plan and applies them as 'update' does.",
      "Only the date decides. After a missed night, the next night catches up.",
      "",
      "Examples:",
      "  ./run.sh ramp ramp-plan.csv --preview 14",
      "  ./run.sh ramp ramp-plan.csv"
    },
    footerHeading = "%nColumns of PLAN.csv:%n",
    footer = {
      "  email_account_id, from_email  the account, by one of them or both",
      "  from         date of the first day, such as 2026-11-23",
      "  start, step  limit on that day, and how much is added at each step",
      "  every        days that count from one step to the next (default: 1)",
      "  cap          limit at which the ramp ends; also limits a curve",
      "  curve        instead of start and step: name of a curve (see --curve)",
      "  weekdays     days that count, such as mon-fri (default: all)",
      "  pause        dates that do not count: 2026-12-24..2027-01-02; 2027-04-05",
      "  until        last date that counts"
    })
final class RampCommand extends NewRunCommand {

  private static final int MOST_DAYS = 366;

  @Mixin RampArguments ramps = new RampArguments();
  @Mixin UnfinishedOptions unfinished = new UnfinishedOptions();
  @Mixin ExcelOptions excel = new ExcelOptions();

  @OneRun
  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "Compute the limits of this day (default: today).")
  @Nullable String date;

  @Option(
      names = "--allow-decrease",
      description =
          "Also lower limits. Without this option, an account with a higher limit keeps it.")
  boolean allowDecrease;

  @OneRun
  @Option(
      names = "--preview",
      paramLabel = "DAYS",
      description =
          "Print the limits of this many days as a table, with their total for each day. This makes no call, needs no key and creates no run.")
  @Nullable Integer preview;

  @OneRun
  @Under(Heading.OUTPUT)
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "With --preview: write the limits to this CSV file instead of printing a table.")
  @Nullable Path out;

  RampCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() throws Exception {
    checkPreview();
    LocalDate day = day();
    // A bad plan is reported before a key is needed, and leaves no run in the history.
    List<String> warnings = new ArrayList<>();
    RampPlan plan =
        ramps.read(
            environment,
            SettingsDefaults.of(spec).curves(),
            api.workspaceNames(),
            remarks -> {
              warnings.addAll(remarks.warnings());
              tell(remarks);
            });
    if (preview != null) {
      preview(plan, day, preview, warnings);
      return ExitCode.OK;
    }
    Target.Opener opener = Target.check(workspaces(api));
    try (StateStore store = open(state);
        Target target = opener.open(store)) {
      PreparedRun run =
          new RunPreparation(store, environment.clock(), terms())
              .prepare(request(plan, day, place(target, reporting.results)));
      return apply(run, target, store);
    }
  }

  private void tell(Remarks remarks) {
    if (!quiet) {
      remarks.notes().forEach(messages()::note);
    }
    remarks.warnings().forEach(messages()::warning);
  }

  private RunRequest request(RampPlan plan, LocalDate day, RunPlace place) {
    return new RunRequest(
        spec.name(),
        ramps.name() + " for " + day,
        // Without a path, a changed plan is not refused: it may change from day to day, even while
        // an earlier run is unfinished.
        null,
        InputSource.written(new RampDay(plan, day)),
        new RunOptions(
            ramps.options(api.workspaceNames()),
            false,
            null,
            !allowDecrease,
            Fills.none(),
            excel.enabled,
            new RampDate(ramps.path(environment), day),
            date == null ? environment.clock().instant() : null),
        place,
        unfinished.onUnfinished(),
        null);
  }

  private LocalDate day() {
    // A wrong time zone is reported in any case.
    ZoneId zone = reporting.guards.zone();
    reporting.guards.day = date == null ? Guards.Day.TODAY : Guards.Day.GIVEN;
    if (date == null) {
      if (reporting.guards.finishBy == null) {
        reporting.guards.zoneWarning(environment).ifPresent(messages()::warning);
      }
      return LocalDate.ofInstant(environment.clock().instant(), zone);
    }
    try {
      return Dates.parse(date);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--date: " + e.getMessage());
    }
  }

  private void checkPreview() {
    if (preview == null) {
      if (out != null) {
        throw new UsageException("--out: this option needs --preview");
      }
      return;
    }
    if (preview < 1 || preview > MOST_DAYS) {
      throw new UsageException(
          "--preview: found " + preview + ", expected a number of days from 1 to " + MOST_DAYS);
    }
    if (isDryRun()) {
      throw new UsageException(
          "--preview cannot be combined with --dry-run: a preview reads no account");
    }
  }

  @Override
  List<Path> otherFiles() {
    return Stream.of(
            super.otherFiles(),
            ramps.files(environment),
            out == null ? List.<Path>of() : List.of(environment.resolve(out.toString())))
        .flatMap(List::stream)
        .toList();
  }

  private void preview(RampPlan plan, LocalDate first, int days, List<String> warnings)
      throws IOException {
    PreviewReport report = new PreviewReport(plan, first, days);
    if (out != null) {
      write(report, environment.resolve(out.toString()));
      if (!quiet) {
        messages()
            .note(
                "%s: %s, %s"
                    .formatted(
                        out, Amount.of(plan.rows().size(), "account"), Amount.of(days, "day")));
      }
    }
    if (reporting.json) {
      report.printJson(environment.out());
    } else if (out == null) {
      // Without a terminal, all days stand side by side, so that programs can read them.
      int width = environment.errIsTerminal() ? environment.errColumns() : Integer.MAX_VALUE;
      report.print(environment.out(), width);
    }
    if (html.isWanted()) {
      Path page = html.path(environment);
      new RampPage(ramps.name(), plan, first, days, warnings, out == null ? null : out.toString())
          .writeTo(page);
      if (!quiet) {
        messages()
            .note(
                "%s: %s, %s"
                    .formatted(
                        page, Amount.of(plan.rows().size(), "account"), Amount.of(days, "day")));
      }
    }
  }

  /** The file appears when it is complete. */
  private void write(PreviewReport report, Path file) throws IOException {
    OutputPath.check("--out " + out, file, state.path(environment), ramps.files(environment));
    if (!PreviewFile.mayReplace(file)) {
      throw new UsageException(
          "--out "
              + out
              + ": contains something other than a preview; delete it, or choose another file");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      report.writeTo(PrivateFiles.newOutputStream(part), ByteOrderMark.of(excel.enabled));
      PrivateFiles.move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
