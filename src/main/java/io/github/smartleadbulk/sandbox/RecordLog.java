package io.github.smartleadbulk.sandbox;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The records of accounts, one behind the other in a file: the user's, which stays and belongs to
 * one sandbox at a time, or a temporary one. Records are appended and never overwritten, each with
 * one write before its request is answered: a killed process loses nothing that was answered.
 */
final class RecordLog implements AutoCloseable {

  private static final byte[] HEADER =
      "smartlead-bulk sandbox store 1\n".getBytes(StandardCharsets.US_ASCII);

  /** Before each record: its length and checksum. */
  private static final int PREFIX = 2 * Integer.BYTES;

  /** Told of the records when a log opens. */
  interface Visitor {
    void visit(long place, AccountRecord record) throws IOException;
  }

  private final String name;
  private final RandomAccessFile file;
  private final Closeable owner;
  private long end = HEADER.length;

  private RecordLog(String name, RandomAccessFile file, Closeable owner) {
    this.name = name;
    this.file = file;
    this.owner = owner;
  }

  /**
   * Opens a log; {@link #readAll} must follow.
   *
   * @param store null for a temporary file
   * @throws FileSystemException if another sandbox has the store, or it is a file of another kind;
   *     then it is as it was
   */
  static RecordLog open(@Nullable Path store) throws IOException {
    if (store == null) {
      ScratchFile scratch = new ScratchFile();
      return new RecordLog("temporary file", scratch.file, scratch);
    }
    RandomAccessFile file = new RandomAccessFile(store.toFile(), "rw");
    RecordLog log = new RecordLog(store.toString(), file, file);
    try {
      log.lock();
      log.checkHeader();
      return log;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void lock() throws IOException {
    try {
      if (file.getChannel().tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException ofThisProcess) {
      // As if another process had it.
    }
    throw new FileSystemException(name, null, "another sandbox is using this file");
  }

  private void checkHeader() throws IOException {
    if (file.length() == 0) {
      file.write(HEADER);
    } else if (file.length() < HEADER.length || !Arrays.equals(read(0, HEADER.length), HEADER)) {
      throw new FileSystemException(
          name, null, "not a file in which a sandbox keeps its accounts; it is left as it is");
    }
  }

  /** Reads what is there. A last record that was not written to its end is cut off. */
  void readAll(Visitor visitor) throws IOException {
    long length = file.length();
    while (end < length) {
      byte[] record = find(end, length);
      if (record == null) {
        file.setLength(end);
        return;
      }
      long place = end;
      end += PREFIX + record.length;
      visitor.visit(place, AccountRecord.of(record));
    }
  }

  /** Null where the record is the last one and not whole. */
  private byte @Nullable [] find(long place, long length) throws IOException {
    if (place + PREFIX > length) {
      return null;
    }
    ByteBuffer prefix = ByteBuffer.wrap(read(place, PREFIX));
    int size = prefix.getInt();
    long next = place + PREFIX + size;
    if (size >= AccountRecord.LEAST_BYTES && next > length) {
      return null;
    }
    if (size >= AccountRecord.LEAST_BYTES) {
      byte[] record = read(place + PREFIX, size);
      if (checksum(record) == prefix.getInt()) {
        return record;
      }
      if (next == length) {
        return null;
      }
    }
    throw new FileSystemException(name, null, "damaged at byte " + place);
  }

  AccountRecord read(long place) throws IOException {
    int size = ByteBuffer.wrap(read(place, Integer.BYTES)).getInt();
    return AccountRecord.of(read(place + PREFIX, size));
  }

  /** Returns the place of the record. */
  long append(AccountRecord record) throws IOException {
    byte[] bytes = record.bytes();
    ByteBuffer whole = ByteBuffer.allocate(PREFIX + bytes.length);
    file.seek(end);
    file.write(whole.putInt(bytes.length).putInt(checksum(bytes)).put(bytes).array());
    long place = end;
    end += whole.capacity();
    return place;
  }

  private byte[] read(long place, int length) throws IOException {
    byte[] content = new byte[length];
    file.seek(place);
    file.readFully(content);
    return content;
  }

  private static int checksum(byte[] record) {
    CRC32 checksum = new CRC32();
    checksum.update(record);
    return (int) checksum.getValue();
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }
}
