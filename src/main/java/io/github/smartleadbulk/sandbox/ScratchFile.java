package io.github.smartleadbulk.sandbox;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary file that is gone when it is closed. */
final class ScratchFile implements Closeable {

  /** Not a channel: those keep a buffer as large as the largest record for every thread. */
  final RandomAccessFile file;

  private final Path path;

  ScratchFile() throws IOException {
    path = Files.createTempFile("smartlead-sandbox", ".tmp");
    file = new RandomAccessFile(path.toFile(), "rw");
    deleteWhereOpenFilesMay();
  }

  /** Then not even a killed process leaves it behind. */
  private void deleteWhereOpenFilesMay() {
    try {
      Files.delete(path);
    } catch (IOException windows) {
      path.toFile().deleteOnExit();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }
}
