package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The state folder. */
@Under(Heading.OUTPUT)
@Repeated
public final class StateOptions {

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Folder for history, results and state (variable: SMARTLEAD_STATE_DIR; default: var in the checkout).")
  @Nullable Path folder;

  public Optional<StateStore> openToRead(ProcessEnvironment environment) {
    Optional<StateStore> store = StateStore.openToRead(path(environment));
    store.ifPresent(found -> tell(found, environment));
    return store;
  }

  /** Reports that something has happened to the folder, even with -q. */
  static void tell(StateStore store, ProcessEnvironment environment) {
    store.notices().forEach(notice -> environment.err().println("note: " + notice));
  }

  /** The folder, which need not exist. */
  Path path(ProcessEnvironment environment) {
    return folder == null
        ? environment.home().resolve("var")
        : environment.resolve(folder.toString());
  }
}
