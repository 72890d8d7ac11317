package io.github.smartleadbulk.cli.target;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.state.RunSpec;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The workspace of which the user wants to see the history. It may be gone from the config file.
 */
public final class RequestedWorkspace {

  private RequestedWorkspace() {}

  /**
   * The name as the config file or the history spells it.
   *
   * @param text what the user gave; null for all workspaces
   * @return null for all workspaces
   * @throws UsageException if neither the config file nor a run knows the name
   */
  public static @Nullable String of(
      @Nullable String text, CommandSpec command, RecordedRuns history) {
    if (text == null) {
      return null;
    }
    Set<String> known = new TreeSet<>(SettingsDefaults.of(command).workspaces().names());
    history.runs().stream()
        .flatMap(run -> run.spec().workspaces().stream())
        .map(RunSpec.Workspace::name)
        .forEach(known::add);
    WorkspaceNames names = WorkspaceNames.of(WorkspaceNames.DEFAULT, known);
    return names
        .find(text.strip())
        .orElseThrow(
            () ->
                new UsageException(
                    "--workspace: found %s, expected %s"
                        .formatted(Cells.shown(text), names.expected(text.strip()))));
  }
}
