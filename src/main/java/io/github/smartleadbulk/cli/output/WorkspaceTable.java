package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.cli.config.ShownSetting;
import io.github.smartleadbulk.cli.target.WorkspaceStates.State;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Workspaces as a table, for people: a line for each. */
public final class WorkspaceTable {

  private static final List<String> HEADER =
      List.of("WORKSPACE", "RATE", "CALLS LEFT", "KEY", "BASE URL", "PROBLEM");

  private WorkspaceTable() {}

  public static void print(PrintStream out, List<State> states) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    for (State state : states) {
      lines.add(
          List.of(
              state.name(),
              rate(state.limits()),
              state.use().stream()
                  .map(use -> Integer.toString(use.left()))
                  .collect(Collectors.joining(", ")),
              state.key().toString(),
              ShownSetting.maskedUrl(state.baseUrl()),
              state.message() == null ? "" : state.message()));
    }
    TextTable.print(out, lines, -1);
  }

  /** Windows as in a setting. */
  static String rate(List<RateWindow> windows) {
    return windows.isEmpty()
        ? "unlimited"
        : windows.stream().map(RateWindow::toString).collect(Collectors.joining(", "));
  }
}
