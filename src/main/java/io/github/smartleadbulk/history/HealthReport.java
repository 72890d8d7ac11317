package io.github.smartleadbulk.history;

import io.github.smartleadbulk.client.WindowUse;
import io.github.smartleadbulk.history.HealthCheck.Health;
import io.github.smartleadbulk.history.HealthCheck.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code status}, for programs.
 *
 * @param verdict {@code ok}, {@code late}, {@code failed} or {@code unfinished}
 * @param message the verdict as a sentence
 * @param lastRun the newest run of the selection; null if there is none
 * @param lastSuccess the number of the newest run of which every row is done; null for none
 * @param lastSuccessAt when its last row was done
 * @param nextStep a command that helps; null if all is well
 * @param target the API that the windows belong to; null if no run has called one, or if there are
 *     several keys
 * @param windows of the only key; empty if there are several
 * @param nextCallAt when the windows have room for a call; null without windows
 * @param workspaces what each known key has left
 */
public record HealthReport(
    String verdict,
    String message,
    @Nullable String command,
    @Nullable String file,
    @Nullable Double withinSeconds,
    @Nullable RunEntry lastRun,
    @Nullable Integer lastSuccess,
    @Nullable Instant lastSuccessAt,
    List<UnfinishedRun> unfinished,
    @Nullable String nextStep,
    @Nullable String target,
    List<KeyWindow> windows,
    @Nullable Instant nextCallAt,
    List<WorkspaceWindows> workspaces) {

  /**
   * What the key of a workspace has left.
   *
   * @param target the API that the windows belong to
   * @param windows empty without limits
   * @param nextCallAt when the windows have room for a call; null without windows
   */
  public record WorkspaceWindows(
      String workspace, String target, List<KeyWindow> windows, @Nullable Instant nextCallAt) {

    static WorkspaceWindows of(KeyUse key) {
      return new WorkspaceWindows(
          key.workspace(),
          key.target(),
          key.windows().stream().map(KeyWindow::of).toList(),
          key.next());
    }
  }

  /**
   * An unfinished run.
   *
   * @param superseded which later runs set what it would still set; null if none did
   */
  public record UnfinishedRun(
      int run,
      String command,
      String input,
      String status,
      long open,
      @Nullable String superseded) {}

  /**
   * A window of the key, without the reserve.
   *
   * @param calls the most calls that the program makes in the window
   */
  public record KeyWindow(String window, int calls, int used, int left) {

    public static KeyWindow of(WindowUse use) {
      return new KeyWindow(use.window().toString(), use.window().calls(), use.used(), use.left());
    }
  }

  public static HealthReport of(
      HealthCheck check, Health health, String message, List<KeyUse> keys) {
    KeyUse only = keys.size() == 1 ? keys.get(0) : null;
    RunSelection selection = check.selection();
    Duration within = check.within();
    return new HealthReport(
        health.verdict().name().toLowerCase(Locale.ROOT),
        message,
        selection.command(),
        selection.file() == null ? null : selection.file().toString(),
        within == null ? null : within.toMillis() / 1000.0,
        health.last() == null ? null : RunEntry.of(check.runs(), health.last()),
        health.lastSuccess() == null ? null : health.lastSuccess().id(),
        health.succeededAt(),
        health.unfinished().stream().map(run -> unfinished(check.runs(), run)).toList(),
        health.nextStep(),
        only == null ? null : only.target(),
        only == null ? List.of() : only.windows().stream().map(KeyWindow::of).toList(),
        only == null ? null : only.next(),
        keys.stream().map(WorkspaceWindows::of).toList());
  }

  private static UnfinishedRun unfinished(RecordedRuns runs, Unfinished one) {
    return new UnfinishedRun(
        one.run().id(),
        one.run().spec().command(),
        one.run().spec().inputName(),
        runs.status(one.run()),
        runs.rowsOpen(one.run()),
        one.superseded());
  }
}
