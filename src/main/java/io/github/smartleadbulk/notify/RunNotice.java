package io.github.smartleadbulk.notify;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.Invocation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The notice about a run.
 *
 * @param json the notice for programs
 * @param text the notice for people, one or two lines
 */
public record RunNotice(String json, String text) {

  public RunNotice {
    json = Cells.printable(json);
    text = Cells.printable(text);
  }

  /** The format in which a notice is posted. */
  public enum Format {
    JSON,
    SLACK
  }

  /**
   * The notice about a run that has ended.
   *
   * @param invocation for the commands that continue the run
   */
  public static RunNotice of(RunSummary run, Invocation invocation) {
    String counts = Amount.each(run.rowsByStatus());
    String first =
        "%s %s: run %d %s, exit code %s%s"
            .formatted(
                run.command(),
                run.input(),
                run.run(),
                run.status(),
                run.exitCode(),
                counts.isEmpty() ? "" : ": " + counts);
    if (run.rowsOpen() > 0) {
      first += String.format(Locale.ROOT, ", %,d open", run.rowsOpen());
    }
    return new RunNotice(run.toJson(), first + goingOn(run, invocation));
  }

  private static String goingOn(RunSummary run, Invocation invocation) {
    if (run.status().equals("stopped")) {
      return "\n%s. To resume: %s".formatted(run.stopped(), invocation.of("resume " + run.run()));
    }
    if (run.stopped() != null) {
      return "\n" + run.stopped();
    }
    if (run.rowsByStatus().keySet().stream().noneMatch(RowStatus::needsAttention)) {
      return "";
    }
    return "\nTo continue: correct %s and apply it with 'update', or %s"
        .formatted(run.files().get("failed"), invocation.of("retry " + run.run()));
  }

  /**
   * The notice about a command that failed, usually before its run started.
   *
   * @param argument the file or run that the command line names
   */
  public static RunNotice ofFailure(
      String command, @Nullable String argument, ExitCode code, String message) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("run", null);
    json.put("command", command);
    json.put("input", argument);
    json.put("status", "failed");
    json.put("exit_code", code.code());
    json.put("stopped", message);
    return new RunNotice(
        JsonMapper.shared().writeValueAsString(json),
        "%s%s failed, exit code %d%n%s"
            .formatted(command, argument == null ? "" : " " + argument, code.code(), message));
  }

  public String as(Format format) {
    return format == Format.JSON
        ? json
        : JsonMapper.shared().writeValueAsString(Map.of("text", escaped(text)));
  }

  /** A file's name must not become a link or notify everybody. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
