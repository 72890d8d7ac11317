package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where state is kept. */
public final class StateOptions {

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Job state, history and results (variable SMARTLEAD_STATE_DIR; default: var in the"
              + " checkout).")
  @Nullable Path folder;

  public Optional<StateStore> openToRead(ProcessEnvironment surroundings) {
    Optional<StateStore> store = StateStore.openToRead(path(surroundings));
    store.ifPresent(found -> tell(found, surroundings));
    return store;
  }

  /** Also with -q: something has happened to the folder. */
  static void tell(StateStore store, ProcessEnvironment surroundings) {
    store.notices().forEach(notice -> surroundings.err().println("note: " + notice));
  }

  /** The folder, which need not be there. */
  Path path(ProcessEnvironment surroundings) {
    return folder == null
        ? surroundings.home().resolve("var")
        : surroundings.resolve(folder.toString());
  }
}
