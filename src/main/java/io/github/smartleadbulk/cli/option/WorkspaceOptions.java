package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The workspace that a command uses. */
@Under(Heading.API)
@Repeated
public final class WorkspaceOptions {

  /** A message lists so many names, and no more. */
  private static final int FEW = 10;

  @Option(
      names = "--workspace",
      paramLabel = "NAME",
      description =
          "Workspace in the config file whose API key and settings to use (variable: SMARTLEAD_WORKSPACE; default: the key and settings that have no workspace).")
  @Nullable String workspace;

  /**
   * The names of all workspaces. The usual one is the workspace that the user chose.
   *
   * @throws UsageException if there is no such workspace
   */
  public WorkspaceNames names(SettingsDefaults settings) {
    WorkspaceSettings configured = settings.workspaces();
    WorkspaceNames names = WorkspaceNames.of(WorkspaceNames.DEFAULT, configured.names());
    if (workspace == null) {
      return names;
    }
    String chosen = workspace.strip();
    return names
        .find(chosen)
        .map(name -> WorkspaceNames.of(name, names.known()))
        .orElseThrow(
            () ->
                new UsageException(
                    "--workspace: there is no workspace %s. %s"
                        .formatted(Cells.shown(chosen), remedy(chosen, names, configured))));
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
