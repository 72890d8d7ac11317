package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.ExcelOptions;
import io.github.smartleadbulk.cli.option.RampArguments;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.Target;
import io.github.smartleadbulk.cli.option.UnfinishedOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.cli.output.PreviewReport;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.fill.Fills;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.input.Remarks;
import io.github.smartleadbulk.ramp.Dates;
import io.github.smartleadbulk.ramp.RampPlan;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RampDay;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.run.RunPlace;
import io.github.smartleadbulk.run.RunPreparation;
import io.github.smartleadbulk.run.RunRequest;
import io.github.smartleadbulk.run.RunRequest.InputSource;
import io.github.smartleadbulk.state.StateStore;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ramp",
    description =
        "Computes today's daily limits from a plan and applies them as 'update' does. The date alone"
            + " decides: a missed night catches up, a second run changes nothing.",
    footerHeading = "%nColumns of PLAN.csv:%n",
    footer = {
      "  email_account_id, from_email  the account, by one of them or both",
      "  from         date of the first day, such as 2026-11-23",
      "  start, step  limit on that day, and how much is added at each step",
      "  every        days that count from one step to the next (default: 1)",
      "  cap          limit at which the ramp ends; may also cut a curve off",
      "  curve        instead of start and step: NAME of curve.NAME in the config file",
      "  weekdays     days that count, such as mon-fri (default: all)",
      "  pause        dates that do not count: 2026-12-24..2027-01-02; 2027-04-05",
      "  until        last date that counts"
    })
final class RampCommand extends ApplyCommand {

  private static final int MOST_DAYS = 366;

  @Mixin RampArguments ramps = new RampArguments();
  @Mixin UnfinishedOptions unfinished = new UnfinishedOptions();
  @Mixin ExcelOptions look = new ExcelOptions();

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "Any other day's limits instead of today's.")
  @Nullable String date;

  @Option(
      names = "--allow-decrease",
      description = "Also lower limits; otherwise an account that has a higher one keeps it.")
  boolean allowDecrease;

  @Option(
      names = "--preview",
      paramLabel = "DAYS",
      description = "Only print the limits of so many days as a table: no call, no key, no run.")
  @Nullable Integer preview;

  RampCommand(ProcessEnvironment surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() throws Exception {
    LocalDate day = day();
    // A bad plan is told before a key is asked for, and leaves no trace in the history.
    RampPlan plan =
        ramps.read(surroundings, SettingsDefaults.read(surroundings).curves(), this::tell);
    if (preview != null) {
      preview(plan, day, preview);
      return ExitCode.OK;
    }
    try (Target target = Target.open(api, surroundings);
        StateStore store = open(state)) {
      PreparedRun run =
          new RunPreparation(store, surroundings.clock())
              .prepare(request(plan, day, place(target, choice.results)));
      return apply(run, target, store);
    }
  }

  private void tell(Remarks remarks) {
    if (!quiet) {
      remarks.notes().forEach(messages()::note);
    }
    remarks.warnings().forEach(messages()::warning);
  }

  /** Told before a key is asked for. */
  private void tellZone() {
    choice.guards.zoneWarning(surroundings).ifPresent(messages()::warning);
  }

  private RunRequest request(RampPlan plan, LocalDate day, RunPlace place) {
    return new RunRequest(
        spec.name(),
        ramps.name() + " for " + day,
        // The plan may change from one day to the next, whatever became of the run before.
        null,
        InputSource.written(new RampDay(plan, day)),
        new RunOptions(
            ramps.options(),
            false,
            null,
            !allowDecrease,
            Fills.none(),
            look.excel,
            date == null ? surroundings.clock().instant() : null),
        place,
        unfinished.choice(),
        null);
  }

  private LocalDate day() {
    // A wrong one is told in any case.
    ZoneId zone = choice.guards.zone();
    choice.guards.day = date == null ? Guards.Day.TODAY : Guards.Day.GIVEN;
    if (date == null) {
      if (choice.guards.finishBy == null) {
        tellZone();
      }
      return LocalDate.ofInstant(surroundings.clock().instant(), zone);
    }
    try {
      return Dates.parse(date);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--date: " + e.getMessage());
    }
  }

  private void preview(RampPlan plan, LocalDate first, int days) {
    if (days < 1 || days > MOST_DAYS) {
      throw new UsageException(
          "--preview: found " + days + ", expected a number of days from 1 to " + MOST_DAYS);
    }
    PreviewReport report = new PreviewReport(plan, first, days);
    if (choice.json) {
      report.printJson(surroundings.out());
    } else {
      // Not on a terminal all days stand side by side, so that others can read them.
      int width = surroundings.errIsTerminal() ? surroundings.errColumns() : Integer.MAX_VALUE;
      report.print(surroundings.out(), width);
    }
  }
}
