package io.github.smartleadbulk.sandbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the last record of each account stands: a table in a temporary file, one entry for every id
 * there may be. Holes of it take no space on disk.
 */
final class PlaceTable implements Closeable {

  private final ScratchFile scratch = new ScratchFile();

  private long length;

  PlaceTable() throws IOException {}

  /** 0 where nothing was put. */
  long get(int id) throws IOException {
    long entry = (long) id * Long.BYTES;
    if (entry >= length) {
      return 0;
    }
    byte[] place = new byte[Long.BYTES];
    scratch.file.seek(entry);
    scratch.file.readFully(place);
    return ByteBuffer.wrap(place).getLong();
  }

  void put(int id, long place) throws IOException {
    long entry = (long) id * Long.BYTES;
    scratch.file.seek(entry);
    scratch.file.write(ByteBuffer.allocate(Long.BYTES).putLong(place).array());
    length = Math.max(length, entry + Long.BYTES);
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
