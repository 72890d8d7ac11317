package io.github.smartleadbulk.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Texts in a temporary file, for pages that show texts in a different order from the one in which
 * they arrive.
 */
final class Spool implements AutoCloseable {

  private static final int LENGTH_BYTES = Integer.BYTES;

  private final FileChannel file;
  private final ByteBuffer waiting = ByteBuffer.allocate(64 * 1024);
  private long written;

  Spool() {
    try {
      Path path = Files.createTempFile("smartlead-page", ".tmp");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a text and returns its place. */
  long add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
    long place = written + waiting.position();
    try {
      if (waiting.remaining() < LENGTH_BYTES + bytes.length) {
        flush();
      }
      if (waiting.remaining() < LENGTH_BYTES + bytes.length) {
        ByteBuffer large = ByteBuffer.allocate(LENGTH_BYTES + bytes.length);
        write(large.putInt(bytes.length).put(bytes).flip());
      } else {
        waiting.putInt(bytes.length).put(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return place;
  }

  String text(long place) {
    try {
      flush();
      ByteBuffer length = read(place, LENGTH_BYTES);
      return StandardCharsets.UTF_16BE
          .decode(read(place + LENGTH_BYTES, length.getInt()))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ByteBuffer read(long place, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, place + bytes.position()) < 0) {
        throw new IllegalStateException("the temporary file was cut");
      }
    }
    return bytes.flip();
  }

  private void flush() throws IOException {
    if (waiting.position() > 0) {
      write(waiting.flip());
      waiting.clear();
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      written += file.write(bytes, written);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
