package io.github.smartleadbulk.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The records of the accounts that somebody has changed, in a temporary file, with only their
 * places in memory: a million changed signatures would not fit beside a job that runs in 64 MB.
 *
 * <p>Records are appended and never overwritten; what an account had before stays behind in the
 * file until the sandbox ends.
 */
final class ChangedAccounts implements AutoCloseable {

  private static final int PAGE = 4_096;

  private final FileChannel file;

  /** Where an account's record starts, plus one; 0 for none. Pages come as they are needed. */
  private final long[] @Nullable [] places;

  private long end;

  ChangedAccounts(int accounts) throws IOException {
    Path path = Files.createTempFile("smartlead-sandbox", ".tmp");
    file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    places = new long[(accounts + PAGE - 1) / PAGE][];
  }

  byte @Nullable [] find(int index) throws IOException {
    long[] page = places[index / PAGE];
    long place = page == null ? 0 : page[index % PAGE];
    if (place == 0) {
      return null;
    }
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    read(length, place - 1);
    ByteBuffer content = ByteBuffer.allocate(length.getInt(0));
    read(content, place - 1 + Integer.BYTES);
    return content.array();
  }

  void put(int index, byte[] content) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + content.length);
    buffer.putInt(content.length).put(content).flip();
    long start = end;
    while (buffer.hasRemaining()) {
      file.write(buffer, start + buffer.position());
    }
    long[] page = places[index / PAGE];
    if (page == null) {
      page = new long[PAGE];
      places[index / PAGE] = page;
    }
    page[index % PAGE] = start + 1;
    end = start + buffer.limit();
  }

  private void read(ByteBuffer into, long from) throws IOException {
    while (into.hasRemaining()) {
      if (file.read(into, from + into.position()) < 0) {
        throw new IOException("the sandbox's temporary file was cut off");
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
