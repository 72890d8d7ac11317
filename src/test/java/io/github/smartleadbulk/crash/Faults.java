package io.github.smartleadbulk.crash;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * The failing disk below a {@link TracedFiles}. The count starts when the fault is ordered. It
 * includes only operations that the fault can strike: a full disk still deletes.
 */
public final class Faults {

  /** What a program asks of a disk. {@code OPEN} is for writing, and changes nothing yet. */
  enum Request {
    OPEN,
    CREATE,
    WRITE,
    TRUNCATE,
    FORCE,
    RENAME,
    DELETE
  }

  public enum Fault {
    FULL(
        "No space left on device",
        EnumSet.of(Request.CREATE, Request.WRITE, Request.FORCE, Request.RENAME)),
    OVER_QUOTA("Disk quota exceeded", FULL.strikes),
    BROKEN("Input/output error", EnumSet.allOf(Request.class)),
    READ_ONLY("Read-only file system", EnumSet.complementOf(EnumSet.of(Request.FORCE)));

    private final String reason;
    private final Set<Request> strikes;

    Fault(String reason, Set<Request> strikes) {
      this.reason = reason;
      this.strikes = strikes;
    }
  }

  private Fault fault;
  private boolean once;
  private int before;
  private int hits;

  /** The nth operation and all later ones fail; the first is 1. */
  public synchronized void failFrom(int nth, Fault ordered) {
    fault = ordered;
    once = false;
    before = nth - 1;
    hits = 0;
  }

  /** Only the nth operation fails. */
  public synchronized void failOnce(int nth, Fault ordered) {
    failFrom(nth, ordered);
    once = true;
  }

  public synchronized void heal() {
    fault = null;
  }

  /** How many operations failed since the fault was ordered; 0 if it was ordered too late. */
  public synchronized int hits() {
    return hits;
  }

  /** As in the JDK, an operation on a path names the file that it failed for; a channel cannot. */
  synchronized void check(Request request, Path path) throws IOException {
    if (strikes(request)) {
      throw path == null
          ? new IOException(fault.reason)
          : new FileSystemException(path.toString(), null, fault.reason);
    }
  }

  /**
   * How many bytes of a write reach the disk. The write that fills the disk gets half of its bytes
   * there and returns short, as write(2) does; the next one fails. If only one operation is to
   * fail, it gets half of its bytes there and fails.
   */
  synchronized Room roomFor(int bytes) {
    if (!strikes(Request.WRITE)) {
      return new Room(bytes, null);
    }
    boolean fills = hits == 1 && bytes > 1 && fault.strikes == Fault.FULL.strikes;
    IOException failure = fills && !once ? null : new IOException(fault.reason);
    return new Room(fills ? bytes / 2 : 0, failure);
  }

  /** {@code failure} is null if the write succeeds, in full or in part. */
  record Room(int bytes, IOException failure) {}

  private boolean strikes(Request request) {
    if (fault == null || !fault.strikes.contains(request)) {
      return false;
    }
    if (before > 0) {
      before--;
      return false;
    }
    if (once && hits > 0) {
      return false;
    }
    hits++;
    return true;
  }
}
