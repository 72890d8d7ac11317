package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.WorkspaceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The workspaces that a command uses which can use several. */
@Under(Heading.API)
public final class SeveralWorkspacesOptions extends WorkspaceChoice {

  @Option(
      names = "--workspace",
      paramLabel = "NAME",
      split = ",",
      description =
          "Workspace in the config file whose API key and settings to use (variable: SMARTLEAD_WORKSPACE; default: the key and settings that have no workspace). For several, repeat the option or put commas between the names.")
  List<String> workspaces = new ArrayList<>();

  @OneRun
  @Option(names = "--all-workspaces", description = "Use all workspaces in the config file.")
  boolean all;

  @Override
  Optional<String> usual() {
    return all ? Optional.empty() : workspaces.stream().findFirst();
  }

  /** Whether the user wants all workspaces. */
  public boolean isAll() {
    return all;
  }

  /**
   * The workspaces that the user chose, each once, in the order of the options; the usual one if
   * the user chose none.
   *
   * @param names of all workspaces
   * @throws UsageException if there is no such workspace
   */
  public List<String> chosen(WorkspaceNames names, SettingsDefaults settings) {
    return workspaces.isEmpty()
        ? List.of(names.usual())
        : workspaces.stream().map(text -> find(text, names, settings)).distinct().toList();
  }
}
