package io.github.smartleadbulk.cli.option;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The workspace that a command uses. */
@Under(Heading.API)
@Repeated
public final class WorkspaceOptions extends WorkspaceChoice {

  @Option(
      names = "--workspace",
      paramLabel = "NAME",
      description =
          "Workspace in the config file whose API key and settings to use (variable: SMARTLEAD_WORKSPACE; default: the key and settings that have no workspace).")
  @Nullable String workspace;

  @Override
  Optional<String> usual() {
    return Optional.ofNullable(workspace);
  }
}
