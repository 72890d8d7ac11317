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

  Optional<StateStore> openToRead(Surroundings surroundings) {
    Optional<StateStore> store = StateStore.openToRead(path(surroundings));
    store.ifPresent(found -> tell(found, surroundings));
    return store;
  }

  /** Also with -q: something has happened to the folder. */
  static void tell(StateStore store, Surroundings surroundings) {
    store.notices().forEach(notice -> surroundings.err().println("note: " + notice));
  }

  /** The folder, which need not be there. */
  Path path(Surroundings surroundings) {
    return folder == null
        ? surroundings.home().resolve("var")
        : surroundings.resolve(folder.toString());
  }
}
