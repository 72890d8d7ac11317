package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.util.Optional;
import java.util.TreeSet;

/** The options that choose workspaces. */
public abstract class WorkspaceChoice {

  /** A message lists so many names, and no more. */
  private static final int FEW = 10;

  /** The workspace that the user chose, as the user spells it. */
  abstract Optional<String> usual();

  /**
   * The names of all workspaces. The usual one is the workspace that the user chose.
   *
   * @throws UsageException if there is no such workspace
   */
  public final WorkspaceNames names(SettingsDefaults settings) {
    WorkspaceNames names = known(settings);
    return usual()
        .map(chosen -> WorkspaceNames.of(find(chosen, names, settings), names.known()))
        .orElse(names);
  }

  static WorkspaceNames known(SettingsDefaults settings) {
    return WorkspaceNames.of(WorkspaceNames.DEFAULT, settings.workspaces().names());
  }

  /**
   * The workspace that a text names.
   *
   * @throws UsageException if there is no such workspace
   */
  static String find(String text, WorkspaceNames names, SettingsDefaults settings) {
    String chosen = text.strip();
    return names
        .find(chosen)
        .orElseThrow(
            () ->
                new UsageException(
                    "--workspace: there is no workspace %s. %s"
                        .formatted(
                            Cells.shown(chosen), remedy(chosen, names, settings.workspaces()))));
  }

  private static String remedy(String chosen, WorkspaceNames names, WorkspaceSettings configured) {
    if (configured.names().isEmpty()) {
      return "The config file has no workspaces. To set one up, add the line "
          + configured.lineToAdd(WorkspaceNames.isPossible(chosen) ? chosen : "NAME");
    }
    return WorkspaceSettings.nearest(chosen, new TreeSet<>(names.known()))
        .map("Did you mean %s?"::formatted)
        .orElseGet(
            () ->
                names.known().size() > FEW
                    ? "To list the workspaces, use 'workspaces --no-check'."
                    : "The workspaces are " + String.join(", ", names.known()) + ".");
  }
}
