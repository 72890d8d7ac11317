package io.github.smartleadbulk.state;

import io.github.smartleadbulk.postgres.PostgresAddress;
import io.github.smartleadbulk.postgres.TestPostgres;
import io.github.smartleadbulk.store.FolderWait;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The state of tests: in the folder that they name or, with {@code -Dstate=postgresql}, in a
 * database of its own for each such folder.
 */
public final class TestState {

  private static final boolean IS_SHARED = "postgresql".equals(System.getProperty("state"));

  private static final Map<Path, String> URL_BY_FOLDER = new ConcurrentHashMap<>();

  private TestState() {}

  public static boolean isShared() {
    return IS_SHARED;
  }

  /** The database for a folder; empty if the state is in the folder itself. */
  public static Optional<String> url(Path folder) {
    return IS_SHARED
        ? Optional.of(
            URL_BY_FOLDER.computeIfAbsent(
                folder.toAbsolutePath().normalize(), path -> TestPostgres.newDatabase()))
        : Optional.empty();
  }

  /**
   * Where the program keeps the files of runs that was given a state folder: there or, for a
   * database, in the folder of its copies.
   */
  public static Path runFolder(Path folder, int run) {
    return url(folder)
        .map(url -> copies(folder, url))
        .orElse(folder)
        .resolve("runs")
        .resolve(Integer.toString(run));
  }

  /** The copies of files of a database in a state folder. */
  public static Path copies(Path folder, String url) {
    return folder
        .resolve("copies")
        .resolve(PostgresAddress.of(url, null).shown().replaceAll("[^\\w.-]", "_"));
  }

  public static StateStore open(Path folder) {
    return url(folder)
        .map(url -> StateStore.open(PostgresAddress.of(url, null), folder, FolderWait.NONE))
        .orElseGet(() -> StateStore.open(folder));
  }

  public static Optional<StateStore> openToRead(Path folder) {
    return url(folder)
        .map(url -> StateStore.openToRead(PostgresAddress.of(url, null), folder))
        .or(() -> StateStore.openToRead(folder));
  }
}
