package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Files;
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

  /**
   * Opens the folder to read it.
   *
   * @return empty if nobody has named a folder and the default folder has no runs yet
   * @throws UsageException if a folder was named that is missing or is no state folder, or if the
   *     folder cannot be read
   */
  public Optional<StateStore> openToRead(ProcessEnvironment environment) {
    Path path = path(environment);
    checkReadable(path);
    Optional<StateStore> store = StateStore.openToRead(path);
    if (store.isEmpty() && folder != null) {
      throw new UsageException(
          Files.exists(path)
              ? "%s is not a state folder: it has no runs and no database. Check --state-dir or SMARTLEAD_STATE_DIR."
                  .formatted(path)
              : "the state folder %s does not exist. Check --state-dir or SMARTLEAD_STATE_DIR."
                  .formatted(path));
    }
    store.ifPresent(found -> tell(found, environment));
    return store;
  }

  /**
   * Opens the folder to read its runs.
   *
   * @throws UsageException also if there are no runs yet
   */
  public StateStore openRuns(ProcessEnvironment environment) {
    return openToRead(environment).orElseThrow(() -> new UsageException("there are no runs yet"));
  }

  /**
   * The run with a number that the user gave.
   *
   * @throws UsageException if there is none
   */
  public static RunRecord find(RecordedRuns history, int run) {
    return history
        .find(run)
        .orElseThrow(() -> new UsageException("there is no run " + run + "; see 'runs'"));
  }

  private static void checkReadable(Path path) {
    if (Files.notExists(path)) {
      return;
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UsageException("the state folder %s is a file".formatted(path));
    }
    if (!Files.isReadable(path) || !Files.isExecutable(path)) {
      throw new UsageException(
          "the state folder %s cannot be read: access denied. Only its owner can read it."
              .formatted(path));
    }
  }

  /** Reports that something has happened to the folder, even with -q. */
  static void tell(StateStore store, ProcessEnvironment environment) {
    store.notices().forEach(notice -> environment.err().println("note: " + notice));
  }

  /** The folder, which need not exist. */
  public Path path(ProcessEnvironment environment) {
    return folder == null
        ? environment.home().resolve("var")
        : environment.resolve(folder.toString());
  }
}
