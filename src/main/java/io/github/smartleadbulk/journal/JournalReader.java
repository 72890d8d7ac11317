package io.github.smartleadbulk.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Reads a journal from its beginning or from the end of a frame. It reads what was in the file when
 * the reader was opened; another process may append to the file meanwhile. Not thread-safe.
 */
public final class JournalReader implements RecordSource {

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final long id;
  private long position;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);

  private JournalReader(Path path, FileChannel channel, long size, long id, long position) {
    this.path = path;
    this.channel = channel;
    this.size = size;
    this.id = id;
    this.position = position;
  }

  /**
   * Opens a journal.
   *
   * @param from where to begin: 0, or a {@link #position} of an earlier reader
   * @throws DamagedJournalException if the header is wrong or the file is shorter than {@code from}
   */
  public static JournalReader open(Path path, long from) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      long size = channel.size();
      ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
      readFully(channel, header, 0);
      if (!Frame.isHeader(header.flip())) {
        throw new DamagedJournalException(path, 0);
      }
      if (from > size) {
        throw new DamagedJournalException(path, size);
      }
      return new JournalReader(
          path, channel, size, Frame.idOf(header), Math.max(from, Frame.HEADER_BYTES));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * The records of the next frame.
   *
   * @return empty after the last whole frame; nothing has ever depended on the torn frame there
   * @throws DamagedJournalException if the frame is broken and a whole one follows it
   */
  @Override
  public List<JournalRecord> next() throws IOException {
    ByteBuffer content = content(position);
    if (content == null) {
      if (isAnyBehind(position)) {
        throw new DamagedJournalException(path, position);
      }
      return List.of();
    }
    position += Frame.PREFIX_BYTES + content.remaining();
    return Frame.records(content);
  }

  /** The end of the last frame read. */
  @Override
  public long position() {
    return position;
  }

  long id() {
    return id;
  }

  /** The content of the frame at a position; null if there is no whole frame. */
  private @org.jspecify.annotations.Nullable ByteBuffer content(long at) throws IOException {
    if (size - at < Frame.PREFIX_BYTES || !fill(at, Frame.PREFIX_BYTES)) {
      return null;
    }
    int start = buffer.position();
    int length = buffer.getInt(start + 4);
    if (buffer.getInt(start) != Frame.MAGIC
        || length < 0
        || length > Frame.LARGEST
        || length > size - at - Frame.PREFIX_BYTES) {
      return null;
    }
    int checksum = buffer.getInt(start + 8);
    if (!fill(at, Frame.PREFIX_BYTES + length)) {
      return null;
    }
    ByteBuffer content = buffer.slice(buffer.position() + Frame.PREFIX_BYTES, length);
    return Frame.checksum(id, at, content) == checksum ? content : null;
  }

  private boolean isAnyBehind(long torn) throws IOException {
    for (long at = torn + 1; at <= size - Frame.PREFIX_BYTES; at++) {
      if (fill(at, Frame.PREFIX_BYTES)
          && buffer.getInt(buffer.position()) == Frame.MAGIC
          && content(at) != null) {
        return true;
      }
    }
    return false;
  }

  /** Where in the file the buffer begins. */
  private long bufferStart;

  /**
   * Makes the buffer hold this many bytes of the file, from its position on; false if the file ends
   * first.
   */
  private boolean fill(long at, int bytes) throws IOException {
    long offset = at - bufferStart;
    if (offset >= 0 && offset + bytes <= buffer.limit()) {
      buffer.position((int) offset);
      return true;
    }
    if (buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocate(bytes);
    }
    buffer.clear();
    bufferStart = at;
    readFully(channel, buffer, at);
    buffer.flip();
    return buffer.remaining() >= bytes;
  }

  private static void readFully(FileChannel channel, ByteBuffer target, long at)
      throws IOException {
    long place = at;
    while (target.hasRemaining()) {
      int read = channel.read(target, place);
      if (read < 0) {
        break;
      }
      place += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
