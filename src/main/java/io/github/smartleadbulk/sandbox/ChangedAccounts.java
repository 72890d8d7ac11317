package io.github.smartleadbulk.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The records of the accounts that somebody has changed, in a temporary file and not in memory: a
 * million changed signatures would not fit beside a job that runs in 64 MB.
 *
 * <p>The file starts with a table of where each changed account's record stands; holes of it take
 * no space on disk. Records are appended and never overwritten: what an account had before stays
 * behind until the sandbox ends. Not for several threads at once.
 */
final class ChangedAccounts implements AutoCloseable {

  private final Path path;

  /** Not a channel: those keep a buffer as large as the largest record for every thread. */
  private final RandomAccessFile file;

  /** One bit for an account: most reads are of accounts that nobody has changed. */
  private final BitSet changed = new BitSet();

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
    if (!changed.get(index)) {
      return null;
    }
    long place = ByteBuffer.wrap(read(tableEntry(index), Long.BYTES)).getLong();
    int length = ByteBuffer.wrap(read(place, Integer.BYTES)).getInt();
    return read(place + Integer.BYTES, length);
  }

  void put(int index, byte[] content) throws IOException {
    int size = Integer.BYTES + content.length;
    write(end, ByteBuffer.allocate(size).putInt(content.length).put(content).array());
    write(tableEntry(index), ByteBuffer.allocate(Long.BYTES).putLong(end).array());
    changed.set(index);
    end += size;
  }

  private byte[] read(long place, int length) throws IOException {
    byte[] content = new byte[length];
    file.seek(place);
    file.readFully(content);
    return content;
  }

  private void write(long place, byte[] content) throws IOException {
    file.seek(place);
    file.write(content);
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
