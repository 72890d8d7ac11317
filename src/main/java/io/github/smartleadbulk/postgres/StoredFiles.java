package io.github.smartleadbulk.postgres;

import io.github.smartleadbulk.file.Fingerprint;
import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The files of runs in the database, in parts that fit in memory. Thread-safe. */
public record StoredFiles(DataSource pool) {

  private static final int PART_BYTES = 1 << 20;

  /** The end of the name of a file that is not whole yet. */
  private static final String PART = ".fetched";

  /**
   * Makes the stored files of a run those of a folder. Those that have not changed are not sent
   * again.
   *
   * @throws SessionLostException if others may have taken over from the session
   */
  public void save(int session, int run, Path folder) throws IOException {
    Map<String, Path> present = files(folder);
    Map<String, String> fingerprintByName = new TreeMap<>();
    for (Map.Entry<String, Path> file : present.entrySet()) {
      fingerprintByName.put(file.getKey(), Fingerprint.of(file.getValue()));
    }
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        WorkSession.limitPauses(connection);
        if (!WorkSession.isInOrder(connection, session)) {
          throw new SessionLostException();
        }
        Map<String, @Nullable String> stored = fingerprints(connection, run);
        for (Map.Entry<String, Path> file : present.entrySet()) {
          String fingerprint = Objects.requireNonNull(fingerprintByName.get(file.getKey()));
          if (!fingerprint.equals(stored.get(file.getKey()))) {
            delete(connection, run, file.getKey());
            insert(connection, run, file.getKey(), Files.size(file.getValue()), fingerprint);
            insertParts(connection, run, file.getKey(), file.getValue());
          }
        }
        for (Map.Entry<String, @Nullable String> file : stored.entrySet()) {
          if (file.getValue() != null && !present.containsKey(file.getKey())) {
            delete(connection, run, file.getKey());
            insert(connection, run, file.getKey(), 0, null);
          }
        }
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  /**
   * Makes the files in a folder those that are stored of a run. Files that were never stored stay.
   */
  public void fetch(int run, Path folder) throws IOException {
    fetch(run, folder, true);
  }

  /** Gets the stored files of a run that a folder does not have, and leaves all others alone. */
  public void fetchMissing(int run, Path folder) throws IOException {
    fetch(run, folder, false);
  }

  private void fetch(int run, Path folder, boolean replaces) throws IOException {
    try (Connection connection = pool.getConnection()) {
      for (Map.Entry<String, @Nullable String> file : fingerprints(connection, run).entrySet()) {
        Path local = folder.resolve(file.getKey());
        if (Files.exists(local) && !replaces) {
          continue;
        }
        if (file.getValue() == null) {
          Files.deleteIfExists(local);
        } else if (!Files.exists(local) || !Fingerprint.of(local).equals(file.getValue())) {
          PrivateFiles.createFolder(folder);
          fetch(connection, run, file.getKey(), local);
        }
      }
    } catch (SQLException e) {
      throw ServerFailure.io(e);
    }
  }

  private static void fetch(Connection connection, int run, String name, Path target)
      throws SQLException, IOException {
    Path part = target.resolveSibling(name + PART);
    try (OutputStream out = Channels.newOutputStream(PrivateFiles.create(part));
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT content FROM run_file_part WHERE run = ? AND name = ? AND part = ?")) {
      statement.setInt(1, run);
      statement.setString(2, name);
      boolean more = true;
      for (int number = 0; more; number++) {
        statement.setInt(3, number);
        try (ResultSet row = statement.executeQuery()) {
          more = row.next();
          if (more) {
            out.write(row.getBytes(1));
          }
        }
      }
    }
    PrivateFiles.move(part, target);
  }

  private static Map<String, Path> files(Path folder) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path file : found) {
        if (Files.isRegularFile(file) && !file.toString().endsWith(PART)) {
          files.put(file.getFileName().toString(), file);
        }
      }
    }
    return files;
  }

  /** The fingerprints of the stored files, by name; null for those that are gone. */
  private static Map<String, @Nullable String> fingerprints(Connection connection, int run)
      throws SQLException {
    Map<String, @Nullable String> fingerprints = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name, fingerprint FROM run_file WHERE run = ?")) {
      statement.setInt(1, run);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          fingerprints.put(row.getString(1), row.getString(2));
        }
      }
    }
    return fingerprints;
  }

  private static void delete(Connection connection, int run, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM run_file WHERE run = ? AND name = ?")) {
      statement.setInt(1, run);
      statement.setString(2, name);
      statement.executeUpdate();
    }
  }

  private static void insert(
      Connection connection, int run, String name, long bytes, @Nullable String fingerprint)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO run_file (run, name, fingerprint, bytes) VALUES (?, ?, ?, ?)")) {
      statement.setInt(1, run);
      statement.setString(2, name);
      statement.setString(3, fingerprint);
      statement.setLong(4, bytes);
      statement.executeUpdate();
    }
  }

  private static void insertParts(Connection connection, int run, String name, Path file)
      throws SQLException, IOException {
    try (InputStream in = Files.newInputStream(file);
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO run_file_part (run, name, part, content) VALUES (?, ?, ?, ?)")) {
      statement.setInt(1, run);
      statement.setString(2, name);
      byte[] part = in.readNBytes(PART_BYTES);
      for (int number = 0; part.length > 0; number++) {
        statement.setInt(3, number);
        statement.setBytes(4, part);
        statement.executeUpdate();
        part = in.readNBytes(PART_BYTES);
      }
    }
  }

  /** The size of the stored files of a run, in bytes. */
  public long size(int run) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT COALESCE(SUM(bytes), 0) FROM run_file WHERE run = ?")) {
      statement.setInt(1, run);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Deletes the files of a run. */
  public void delete(int run) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("DELETE FROM run_file WHERE run = ?")) {
      statement.setInt(1, run);
      statement.executeUpdate();
    }
  }
}
