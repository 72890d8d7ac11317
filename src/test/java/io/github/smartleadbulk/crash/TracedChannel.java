package io.github.smartleadbulk.crash;

import io.github.smartleadbulk.crash.Faults.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A channel of the default file system whose changes are traced, or fail. */
final class TracedChannel extends FileChannel {

  private static final int TRANSFER = 8192;

  private final FileChannel real;
  private final Path path;
  private Trace.Known file;
  private final boolean forces;
  private final Trace trace;
  private final Faults faults;

  /**
   * {@code file} is null for a channel that only reads, until the channel is told to force what it
   * reads, and for a file outside of the traced folder.
   */
  TracedChannel(FileChannel real, Path path, Trace.Known file, boolean forces, TracedFiles files) {
    this.real = real;
    this.path = path;
    this.file = file;
    this.forces = forces;
    trace = files.trace();
    faults = files.faults();
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return writeAt(-1, source);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return writeAt(position, source);
  }

  /** Each buffer is a write of its own, because a kill can come between them. */
  @Override
  public long write(ByteBuffer[] sources, int first, int count) throws IOException {
    long written = 0;
    for (int i = first; i < first + count; i++) {
      written += write(sources[i]);
      if (sources[i].hasRemaining()) {
        break;
      }
    }
    return written;
  }

  /** A negative position is the channel's own. */
  private int writeAt(long position, ByteBuffer source) throws IOException {
    synchronized (trace) {
      Faults.Room room =
          file == null
              ? new Faults.Room(source.remaining(), null)
              : faults.roomFor(source.remaining());
      int start = source.position();
      int limit = source.limit();
      int count;
      source.limit(start + room.bytes());
      try {
        count = position < 0 ? real.write(source) : real.write(source, position);
      } finally {
        source.limit(limit);
      }
      if (file != null) {
        byte[] bytes = new byte[count];
        source.get(start, bytes);
        trace.written(file, position < 0 ? real.position() - count : position, bytes);
        if (forces) {
          trace.forced(file);
        }
      }
      if (room.failure() != null) {
        throw room.failure();
      }
      return count;
    }
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    synchronized (trace) {
      if (file != null) {
        faults.check(Request.TRUNCATE, null);
      }
      real.truncate(size);
      if (file != null) {
        trace.truncated(file, size);
      }
      return this;
    }
  }

  @Override
  public void force(boolean metaData) throws IOException {
    synchronized (trace) {
      if (file == null) {
        file = trace.notice(path);
      }
      if (file != null) {
        faults.check(Request.FORCE, null);
      }
      real.force(metaData);
      if (file != null) {
        trace.forced(file);
      }
    }
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    long transferred = 0;
    while (transferred < count) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(TRANSFER, count - transferred));
      if (source.read(bytes) <= 0) {
        break;
      }
      bytes.flip();
      while (bytes.hasRemaining()) {
        transferred += write(bytes, position + transferred);
      }
    }
    return transferred;
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return real.read(target, position);
  }

  @Override
  public long read(ByteBuffer[] targets, int first, int count) throws IOException {
    return real.read(targets, first, count);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    if (mode != MapMode.READ_ONLY) {
      throw new UnsupportedOperationException("Writes to mapped memory cannot be traced");
    }
    return real.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }
}
