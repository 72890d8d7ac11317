package io.github.smartleadbulk.job;

/** Limits how many bytes are held at once. Thread-safe. */
final class ByteBudget {

  private final long most;
  private long held;

  ByteBudget(long most) {
    this.most = most;
  }

  /** Waits for room. A request larger than the whole budget waits until nothing else is held. */
  synchronized void take(long bytes) throws InterruptedException {
    while (held > 0 && held + bytes > most) {
      wait();
    }
    held += bytes;
  }

  synchronized void give(long bytes) {
    held -= bytes;
    notifyAll();
  }
}
