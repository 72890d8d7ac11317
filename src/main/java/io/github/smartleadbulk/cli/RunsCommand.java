package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.option.Heading;
import io.github.smartleadbulk.cli.option.StateOptions;
import io.github.smartleadbulk.cli.option.Under;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.StateStore;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "runs",
    description = {"Lists all runs, the newest last.", "", "Example:", "  ./run.sh runs"})
final class RunsCommand extends Subcommand {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  @Mixin StateOptions state = new StateOptions();

  @Under(Heading.OUTPUT)
  @Option(names = "--json", description = "Print the runs as a JSON array.")
  boolean json;

  RunsCommand(ProcessEnvironment environment) {
    super(environment);
  }

  @Override
  ExitCode execute() {
    Optional<StateStore> found = state.openToRead(environment);
    if (found.isEmpty()) {
      print(List.of(), false);
      return ExitCode.OK;
    }
    try (StateStore store = found.get()) {
      print(store.runs().all(), store.isAtWork());
      if (!json) {
        environment
            .text()
            .printf(
                Locale.ROOT, "%nState folder: %s, %,.1f MB%n", store.folder(), store.size() / 1e6);
      }
      return ExitCode.OK;
    }
  }

  private void print(List<RunRecord> runs, boolean atWork) {
    PrintStream out = environment.text();
    if (json) {
      out.println(
          JsonMapper.shared()
              .writeValueAsString(runs.stream().map(run -> json(run, atWork)).toList()));
      return;
    }
    if (runs.isEmpty()) {
      out.println("There are no runs yet.");
      return;
    }
    String format = "%5s  %-16s  %-9s  %4s  %10s  %s%n";
    out.printf(Locale.ROOT, format, "RUN", "STARTED", "STATUS", "EXIT", "ROWS", "INPUT, TARGET");
    for (RunRecord run : runs) {
      out.printf(
          Locale.ROOT,
          format,
          run.id(),
          TIME.format(run.startedAt()),
          status(run, atWork),
          run.exitCode() == null ? "" : run.exitCode(),
          run.rows() == null ? "" : String.format(Locale.ROOT, "%,d", run.rows()),
          run.spec().inputName() + ", " + run.spec().target());
    }
  }

  private static Map<String, Object> json(RunRecord run, boolean atWork) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.id());
    json.put("command", run.spec().command());
    json.put("input", run.spec().inputName());
    json.put("target", run.spec().target());
    json.put("status", status(run, atWork));
    json.put("exit_code", run.exitCode());
    json.put("rows", run.rows());
    json.put("calls", run.calls());
    json.put("origin", run.spec().origin());
    json.put("started_at", run.startedAt().toString());
    json.put("ended_at", run.endedAt() == null ? null : run.endedAt().toString());
    return json;
  }

  /** If no process is at work, a run with status running was killed. */
  static String status(RunRecord run, boolean atWork) {
    return run.status() == RunStatus.RUNNING && !atWork ? "killed" : run.status().toString();
  }
}
