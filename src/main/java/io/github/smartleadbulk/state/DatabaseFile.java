package io.github.smartleadbulk.state;

import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** The file in which H2 keeps a database. */
final class DatabaseFile {

  private static final String TABLE = "table.";

  /** Of the database itself; every other is a table that somebody has made. */
  private static final String TABLE_OF_TABLES = TABLE + "0";

  private final Path name;

  /**
   * @param name without H2's ending
   */
  DatabaseFile(Path name) {
    this.name = name;
  }

  Path path() {
    return name.resolveSibling(name.getFileName() + ".mv.db");
  }

  String url() {
    return "jdbc:h2:file:" + name;
  }

  /**
   * Whether nothing of ours can be read from the file. H2 takes one without a single readable part
   * for a new one and writes over it, so this is asked without the right to write, and below the
   * database, which takes much longer to open. A file that is damaged in another way, or is in use,
   * H2 refuses by itself.
   */
  boolean isDamaged() {
    if (path().toFile().length() == 0) {
      return Files.exists(path());
    }
    try (MVStore store = new MVStore.Builder().fileName(path().toString()).readOnly().open()) {
      return store.getMapNames().stream()
          .noneMatch(map -> map.startsWith(TABLE) && !map.equals(TABLE_OF_TABLES));
    } catch (MVStoreException e) {
      return false;
    }
  }
}
