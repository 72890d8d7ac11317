package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where state is kept. */
final class StateChoice {

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Job state, history and results (variable SMARTLEAD_STATE_DIR; default: var in the"
              + " checkout).")
  @Nullable Path folder;

  StateStore open(Surroundings surroundings) {
    return StateStore.open(path(surroundings));
  }

  Optional<StateStore> openToRead(Surroundings surroundings) {
    return StateStore.openToRead(path(surroundings));
  }

  private Path path(Surroundings surroundings) {
    return folder == null
        ? surroundings.home().resolve("var")
        : surroundings.resolve(folder.toString());
  }
}
