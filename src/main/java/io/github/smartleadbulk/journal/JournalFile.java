package io.github.smartleadbulk.journal;

import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A journal that is a file: every write is a frame, which is forced to the disk. */
final class JournalFile implements JournalTarget {

  /** How much to write at once: Java copies it to memory outside the heap. */
  private static final int WRITE_BYTES = 1 << 16;

  private final FileChannel channel;
  private final long id;
  private ByteBuffer frame = ByteBuffer.allocate(WRITE_BYTES);
  private volatile long length;

  private JournalFile(FileChannel channel, long id, long length) {
    this.channel = channel;
    this.id = id;
    this.length = length;
  }

  /** See {@link JournalWriter#create}. */
  static JournalFile create(Path path, JournalRecord first) throws IOException {
    Path part = path.resolveSibling(path.getFileName() + ".new");
    long id = new Random().nextLong();
    try (FileChannel channel = PrivateFiles.create(part)) {
      write(channel, Frame.header(id));
      write(channel, frame(id, Frame.HEADER_BYTES, List.of(first), ByteBuffer.allocate(0)));
      channel.force(false);
    }
    PrivateFiles.move(part, path);
    return append(path);
  }

  /** See {@link JournalWriter#append(Path)}. */
  static JournalFile append(Path path) throws IOException {
    long id;
    long length;
    try (JournalReader reader = JournalReader.open(path, 0)) {
      reader.forEach(record -> {});
      id = reader.id();
      length = reader.position();
    }
    return append(path, id, length);
  }

  private static JournalFile append(Path path, long id, long length) throws IOException {
    FileChannel channel = PrivateFiles.open(path);
    try {
      channel.truncate(length);
      channel.position(length);
      // The last frame may have been written without being forced. It counts from now on.
      channel.force(true);
      return new JournalFile(channel, id, length);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** How many bytes of the file are on the disk. */
  @Override
  public long length() {
    return length;
  }

  @Override
  public void write(List<JournalRecord> records) throws IOException {
    frame = frame(id, length, records, frame);
    long end = length + frame.remaining();
    write(channel, frame);
    channel.force(false);
    length = end;
    if (frame.capacity() > 2 * JournalWriter.BATCH_BYTES) {
      frame = ByteBuffer.allocate(WRITE_BYTES);
    }
  }

  /**
   * @param reused the buffer for the frame, if it is large enough
   */
  private static ByteBuffer frame(
      long id, long position, List<JournalRecord> records, ByteBuffer reused) {
    long bytes = records.stream().mapToLong(Frame::size).sum();
    if (bytes > Frame.LARGEST) {
      throw new IllegalArgumentException(
          "a record of %,d bytes is larger than a journal can hold".formatted(bytes));
    }
    int size = Frame.PREFIX_BYTES + (int) bytes;
    ByteBuffer frame =
        reused.capacity() >= size ? reused.clear() : ByteBuffer.allocate(Math.max(size, 1 << 12));
    frame.position(Frame.PREFIX_BYTES);
    records.forEach(record -> Frame.put(frame, record));
    frame.flip();
    int checksum = Frame.checksum(id, position, frame.slice(Frame.PREFIX_BYTES, (int) bytes));
    return frame.putInt(0, Frame.MAGIC).putInt(4, (int) bytes).putInt(8, checksum);
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + WRITE_BYTES));
      channel.write(bytes);
    }
    bytes.limit(end);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
