package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.cli.config.ShownSetting;
import io.github.smartleadbulk.cli.target.WorkspaceStates.State;
import io.github.smartleadbulk.client.WindowUse;
import io.github.smartleadbulk.history.HealthReport.KeyWindow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A workspace, for programs.
 *
 * @param rate the windows that the program keeps to, without the reserve, such as {@code 48/min,
 *     800/h}
 * @param windows what they have left; empty without limits, and if the key is not known
 * @param nextCallAt when the windows have room for a call; null without windows
 * @param key {@code ok}, {@code refused}, {@code missing}, {@code unreachable} or {@code
 *     not_checked}
 * @param problem why the key is not known to work; null if it is, or if nobody asked
 */
public record WorkspaceEntry(
    String workspace,
    String baseUrl,
    String rate,
    List<KeyWindow> windows,
    @Nullable Instant nextCallAt,
    String key,
    @Nullable String problem) {

  public static WorkspaceEntry of(State state) {
    return new WorkspaceEntry(
        state.name(),
        ShownSetting.maskedUrl(state.baseUrl()),
        WorkspaceTable.rate(state.limits()),
        state.use().stream().map(KeyWindow::of).toList(),
        state.use().stream().map(WindowUse::next).max(Instant::compareTo).orElse(null),
        state.key().name().toLowerCase(Locale.ROOT),
        state.message());
  }
}
