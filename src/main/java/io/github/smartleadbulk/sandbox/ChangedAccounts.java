package io.github.smartleadbulk.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The records of the accounts that somebody has changed, in a temporary file and not in memory: a
 * million changed signatures would not fit beside a job that runs in 64 MB.
 *
 * <p>The file starts with a table of where each account's record stands, 0 for none; holes of it
 * take no space on disk. Records are appended and never overwritten: what an account had before
 * stays behind until the sandbox ends. Not for several threads at once.
 */
final class ChangedAccounts implements AutoCloseable {

  private final Path path;

  /** Not a channel: those keep a buffer as large as the largest record for every thread. */
  private final RandomAccessFile file;

  private long end;

  ChangedAccounts(int accounts) throws IOException {
    path = Files.createTempFile("smartlead-sandbox", ".tmp");
    file = new RandomAccessFile(path.toFile(), "rw");
    end = (long) accounts * Long.BYTES;
    file.setLength(end);
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

  byte @Nullable [] find(int index) throws IOException {
    file.seek(tableEntry(index));
    long place = file.readLong();
    if (place == 0) {
      return null;
    }
    file.seek(place);
    byte[] content = new byte[file.readInt()];
    file.readFully(content);
    return content;
  }

  void put(int index, byte[] content) throws IOException {
    ByteBuffer sized = ByteBuffer.allocate(Integer.BYTES + content.length);
    sized.putInt(content.length).put(content);
    file.seek(end);
    file.write(sized.array());
    file.seek(tableEntry(index));
    file.writeLong(end);
    end += sized.capacity();
  }

  private static long tableEntry(int index) {
    return (long) index * Long.BYTES;
  }

  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }
}
