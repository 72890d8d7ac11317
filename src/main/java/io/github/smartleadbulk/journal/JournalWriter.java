package io.github.smartleadbulk.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to a journal. One thread writes all records that arrived since its last write at
 * once. At high rates, many records share the cost of a write; at low rates, no record waits for
 * others. Thread-safe.
 *
 * <p>After a failed write, it writes nothing more: nobody knows how much of that write is on
 * record.
 */
public final class JournalWriter implements AutoCloseable {

  /** About how much is written at once, so that a burst of records does not fill the memory. */
  static final int BATCH_BYTES = 1 << 20;

  /**
   * @param record null for the end: nothing is written after it
   */
  private record Entry(@Nullable JournalRecord record, CompletableFuture<Void> forced) {}

  private final JournalTarget target;
  private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread thread;

  private JournalWriter(JournalTarget target) {
    this.target = target;
    thread = new Thread(this::writeAll, "journal");
    thread.setDaemon(true);
    thread.start();
  }

  /** Appends to a target, and closes it in the end. */
  public static JournalWriter to(JournalTarget target) {
    return new JournalWriter(target);
  }

  /**
   * Creates a journal with its first record and replaces any file at the path. A crash leaves a
   * whole journal or none.
   */
  public static JournalWriter create(Path path, JournalRecord first) throws IOException {
    return to(JournalFile.create(path, first));
  }

  /**
   * Opens a journal to append to it, and cuts off a torn end.
   *
   * @throws DamagedJournalException if it is damaged; the file is left unchanged
   */
  public static JournalWriter append(Path path) throws IOException {
    return to(JournalFile.append(path));
  }

  /**
   * Adds a record. Returns immediately.
   *
   * @return completes on the journal's thread when the record is on record; completes exceptionally
   *     if it cannot be written
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

  /** The position behind the last record that is on record. */
  public long length() {
    return target.length();
  }

  private void writeAll() {
    List<JournalRecord> records = new ArrayList<>();
    List<CompletableFuture<Void>> batch = new ArrayList<>();
    boolean ended = false;
    try {
      while (!ended) {
        ended = take(records, batch);
        if (!records.isEmpty()) {
          target.write(records);
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
        next = bytes < BATCH_BYTES ? entries.poll() : null) {
      if (next.record() == null) {
        return true;
      }
      records.add(next.record());
      batch.add(next.forced());
      bytes += Frame.size(next.record());
    }
    return false;
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
    Threads.join(thread);
    target.close();
  }
}
