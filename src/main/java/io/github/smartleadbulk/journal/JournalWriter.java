package io.github.smartleadbulk.journal;

import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to a journal. One thread writes all records that arrived since its last write as
 * one frame and forces it to the disk. At high rates, many records share the cost of forcing; at
 * low rates, no record waits for others. Thread-safe.
 *
 * <p>After a failed write, it writes nothing more: nobody knows what is on the disk after the last
 * whole frame.
 */
public final class JournalWriter implements AutoCloseable {

  /** About how large a frame becomes, so that a burst of records does not fill the memory. */
  private static final int FRAME_BYTES = 1 << 20;

  /** How much to write at once: Java copies it to memory outside the heap. */
  private static final int WRITE_BYTES = 1 << 16;

  /**
   * @param record null for the end: nothing is written after it
   */
  private record Entry(@Nullable JournalRecord record, CompletableFuture<Void> forced) {}

  private final FileChannel channel;
  private final long id;
  private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread thread;
  private ByteBuffer frame = ByteBuffer.allocate(WRITE_BYTES);
  private volatile long length;

  private JournalWriter(FileChannel channel, long id, long length) {
    this.channel = channel;
    this.id = id;
    this.length = length;
    thread = new Thread(this::writeAll, "journal");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Creates a journal with its first record and replaces any file at the path. A crash leaves a
   * whole journal or none.
   */
  public static JournalWriter create(Path path, JournalRecord first) throws IOException {
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

  /**
   * Opens a journal to append to it, and cuts off a torn end.
   *
   * @throws DamagedJournalException if it is damaged; the file is left unchanged
   */
  public static JournalWriter append(Path path) throws IOException {
    long id;
    long length;
    try (JournalReader reader = JournalReader.open(path, 0)) {
      reader.forEach(record -> {});
      id = reader.id();
      length = reader.position();
    }
    return append(path, id, length);
  }

  private static JournalWriter append(Path path, long id, long length) throws IOException {
    FileChannel channel = PrivateFiles.open(path);
    try {
      channel.truncate(length);
      channel.position(length);
      // The last frame may have been written without being forced. It counts from now on.
      channel.force(true);
      return new JournalWriter(channel, id, length);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Adds a record. Returns immediately.
   *
   * @return completes on the journal's thread when the record is on the disk; completes
   *     exceptionally if it cannot be written
   */
  public CompletableFuture<Void> append(JournalRecord record) {
    Entry entry = new Entry(record, new CompletableFuture<>());
    entries.add(entry);
    Throwable failed = failure.get();
    if (failed != null) {
      failAll(failed);
    }
    return entry.forced();
  }

  /** How many bytes of the file are on the disk. */
  public long length() {
    return length;
  }

  private void writeAll() {
    List<JournalRecord> records = new ArrayList<>();
    List<CompletableFuture<Void>> batch = new ArrayList<>();
    boolean ended = false;
    try {
      while (!ended) {
        ended = take(records, batch);
        if (!records.isEmpty()) {
          write(records);
        }
        batch.forEach(forced -> forced.complete(null));
        records.clear();
        batch.clear();
      }
    } catch (Throwable e) {
      // This includes Errors: nobody must wait for a record forever.
      failure.compareAndSet(null, e);
      batch.forEach(forced -> forced.completeExceptionally(e));
      failAll(e);
    }
  }

  /** Waits for an entry and takes those that follow; returns whether the end is among them. */
  private boolean take(List<JournalRecord> records, List<CompletableFuture<Void>> batch)
      throws InterruptedException {
    long bytes = 0;
    for (Entry next = entries.take();
        next != null;
        next = bytes < FRAME_BYTES ? entries.poll() : null) {
      if (next.record() == null) {
        return true;
      }
      records.add(next.record());
      batch.add(next.forced());
      bytes += Frame.size(next.record());
    }
    return false;
  }

  private void write(List<JournalRecord> records) throws IOException {
    frame = frame(id, length, records, frame);
    long end = length + frame.remaining();
    write(channel, frame);
    channel.force(false);
    length = end;
    if (frame.capacity() > 2 * FRAME_BYTES) {
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

  private void failAll(Throwable failed) {
    for (Entry entry = entries.poll(); entry != null; entry = entries.poll()) {
      entry.forced().completeExceptionally(failed);
    }
  }

  /** Waits until every record is on the disk or has failed. */
  @Override
  public void close() throws IOException {
    entries.add(new Entry(null, new CompletableFuture<>()));
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }
}
