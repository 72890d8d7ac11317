package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.postgres.PostgresAddress;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.store.FolderWait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The state: a folder, or a PostgreSQL database for several machines. */
@Under(Heading.OUTPUT)
@Repeated
public final class StateOptions {

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description =
          "Folder for history, results and state (variable: SMARTLEAD_STATE_DIR; default: var in the checkout, or ~/.local/state/smartlead-bulk of an installation).")
  @Nullable Path folder;

  @Option(
      names = "--state-url",
      paramLabel = "URL",
      description =
          "Keep history and state in a PostgreSQL database that several machines share, such as jdbc:postgresql://HOST/DATABASE?user=NAME (variable: SMARTLEAD_STATE_URL). The state folder then has copies of files.")
  @Nullable String url;

  static final String PASSWORD = "SMARTLEAD_STATE_PASSWORD";
  static final String PASSWORD_FILE = "SMARTLEAD_STATE_PASSWORD_FILE";

  /**
   * Opens the folder to read it.
   *
   * @return empty if nobody has named a folder and the default folder has no runs yet
   * @throws UsageException if a folder was named that is missing or is no state folder, or if the
   *     folder cannot be read
   */
  public Optional<StateStore> openToRead(ProcessEnvironment environment) {
    Optional<StateStore> store = openQuietly(environment);
    store.ifPresent(found -> tell(found, environment));
    return store;
  }

  /** Opens the folder like {@link #openToRead}, and leaves its notices to the caller. */
  Optional<StateStore> openQuietly(ProcessEnvironment environment) {
    Path path = path(environment);
    Optional<PostgresAddress> address = address(environment);
    if (address.isPresent()) {
      return Optional.of(StateStore.openToRead(address.get(), path));
    }
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
    Optional<String> obstacle = PrivateFiles.inTheWayOf(path);
    if (obstacle.isPresent()) {
      throw new UsageException(
          "the state folder %s cannot be read: %s. Choose another folder with --state-dir."
              .formatted(path, obstacle.get()));
    }
    if (Files.notExists(path)) {
      return;
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

  /** Whether several machines share the state. */
  public boolean isShared() {
    return url != null;
  }

  /**
   * Checks that several machines share the state.
   *
   * @param what for the message, such as the name of the command
   * @throws UsageException if they do not
   */
  public void checkShared(String what) {
    if (!isShared()) {
      throw new UsageException(
          what + " needs a state that machines share: add --state-url or set SMARTLEAD_STATE_URL");
    }
  }

  /** The options of this state for another command line. */
  public List<String> arguments(ProcessEnvironment environment) {
    List<String> arguments = new ArrayList<>();
    if (url != null) {
      arguments.addAll(List.of("--state-url", url));
    }
    if (folder != null) {
      arguments.addAll(List.of("--state-dir", environment.resolve(folder.toString()).toString()));
    }
    return arguments;
  }

  /**
   * Opens the state to work in it.
   *
   * @param wait what to do while another process has what this one needs
   */
  StateStore open(ProcessEnvironment environment, FolderWait wait) {
    Path path = path(environment);
    return address(environment)
        .map(address -> StateStore.open(address, path, wait))
        .orElseGet(() -> StateStore.open(path, wait));
  }

  /** The folder, which need not exist. Copies for a database have a folder of their own in it. */
  public Path path(ProcessEnvironment environment) {
    Path path =
        folder == null ? environment.places().state() : environment.resolve(folder.toString());
    return address(environment)
        .map(address -> path.resolve("copies").resolve(address.shown().replaceAll("[^\\w.-]", "_")))
        .orElse(path);
  }

  /**
   * The address of the database; empty if the state is in the folder.
   *
   * @throws UsageException if it is not valid, or its password cannot be read
   */
  private Optional<PostgresAddress> address(ProcessEnvironment environment) {
    if (url == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(PostgresAddress.of(url, password(environment)));
    } catch (IllegalArgumentException e) {
      // The address itself is not shown, because it may have a password in it.
      throw new UsageException(
          "the address of the database is not valid: %s. Check --state-url and SMARTLEAD_STATE_URL. Give the password with %s, %s or PGPASSFILE."
              .formatted(e.getMessage(), PASSWORD, PASSWORD_FILE));
    }
  }

  private static @Nullable String password(ProcessEnvironment environment) {
    String password = environment.variables().getOrDefault(PASSWORD, "");
    String file = environment.variables().getOrDefault(PASSWORD_FILE, "");
    if (!password.isEmpty() || file.isBlank()) {
      return password.isEmpty() ? null : password;
    }
    try {
      return PostgresAddress.readPassword(environment.resolve(file));
    } catch (IOException e) {
      throw new UsageException(
          "the file of %s cannot be read: %s".formatted(PASSWORD_FILE, FaultMessages.of(e)));
    }
  }
}
