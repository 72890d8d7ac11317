package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The options that choose workspaces. */
public abstract class WorkspaceChoice {

  /** A message lists so many names, and no more. */
  private static final int FEW = 10;

  /** The workspace that the user chose, as the user spells it. */
  abstract Optional<String> usual();

  /**
   * The names of all workspaces. The usual one is the workspace that the user chose. If none is set
   * up, an embedded sandbox has all that somebody names, so that files can be tried without a
   * config.
   *
   * @throws UsageException if there is no such workspace
   */
  public final WorkspaceNames names(SettingsDefaults settings, boolean sandbox) {
    Set<String> configured = settings.workspaces().names();
    WorkspaceNames names =
        sandbox && configured.isEmpty()
            ? WorkspaceNames.any()
            : WorkspaceNames.of(WorkspaceNames.DEFAULT, configured);
    return usual().map(chosen -> names.with(find(chosen, names, settings))).orElse(names);
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
    if (names.others() == WorkspaceNames.Others.ANY) {
      return "Expected " + names.expected() + ".";
    }
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
