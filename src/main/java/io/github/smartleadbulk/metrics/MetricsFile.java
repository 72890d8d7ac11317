package io.github.smartleadbulk.metrics;

import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.history.WorkspaceShare;
import io.github.smartleadbulk.state.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The metrics of all runs as a file that another user's collector reads. */
public record MetricsFile(Path path) {

  /** Our files begin like this. */
  private static final String BEGINNING = "# HELP smartlead_bulk_";

  /** For everybody to read: the collector is another user, and the file has no customer's data. */
  private static final String RIGHTS = "rw-r--r--";

  /**
   * What the history says now.
   *
   * @param workspaces the workspaces of a run, see {@link WorkspaceShare#of}
   */
  public static String content(
      RecordedRuns runs, Function<RunRecord, List<WorkspaceShare>> workspaces) {
    return RunMetrics.text(runs, workspaces);
  }

  /**
   * Writes the file. Replaces it as a whole, so that the collector never finds half of it.
   *
   * @throws IOException if that fails, or if the file is somebody else's
   */
  public void write(String content) throws IOException {
    checkOurs();
    Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
    if (!Files.isDirectory(folder)) {
      throw new FileSystemException(
          path.toString(), null, "the folder " + folder + " does not exist");
    }
    // The collector reads only files that end in .prom.
    Path part = Files.createTempFile(folder, "." + path.getFileName(), ".tmp");
    try {
      Files.writeString(part, content);
      if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(RIGHTS));
      }
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A mistyped path must not cost anybody a file. */
  private void checkOurs() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "it is a folder");
    }
    byte[] beginning = new byte[BEGINNING.length()];
    int length;
    try (var in = Files.newInputStream(path)) {
      length = in.readNBytes(beginning, 0, beginning.length);
    }
    if (length > 0 && !new String(beginning, StandardCharsets.ISO_8859_1).equals(BEGINNING)) {
      throw new FileSystemException(
          path.toString(), null, "it is not a metrics file of this program");
    }
  }
}
