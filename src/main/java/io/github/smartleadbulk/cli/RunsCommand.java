package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.job.ExitCode;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "runs", description = "Lists all runs, the newest last.")
final class RunsCommand extends Subcommand {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  @Mixin StateChoice state = new StateChoice();

  RunsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute() {
    List<RunRecord> runs;
    try (StateStore store = state.open(surroundings)) {
      runs = store.runs().all();
    }
    PrintStream out = surroundings.out();
    if (runs.isEmpty()) {
      out.println("There are no runs yet.");
      return ExitCode.OK;
    }
    String format = "%5s  %-16s  %-9s  %4s  %10s  %s%n";
    out.printf(Locale.ROOT, format, "RUN", "STARTED", "STATUS", "EXIT", "ROWS", "INPUT, TARGET");
    for (RunRecord run : runs) {
      out.printf(
          Locale.ROOT,
          format,
          run.id(),
          TIME.format(run.startedAt()),
          status(run),
          run.exitCode() == null ? "" : run.exitCode(),
          run.rows() == null ? "" : String.format(Locale.ROOT, "%,d", run.rows()),
          run.spec().inputName() + ", " + run.spec().target());
    }
    return ExitCode.OK;
  }

  /** A run that is "running" while we hold its state was killed. */
  static String status(RunRecord run) {
    return switch (run.status()) {
      case RUNNING -> "killed";
      default -> run.status().toString();
    };
  }
}
