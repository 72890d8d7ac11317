package io.github.smartleadbulk.job;

/** Bounds what may be held at once, by its size. Thread-safe. */
final class ByteBudget {

  private final long most;
  private long held;

  ByteBudget(long most) {
    this.most = most;
  }

  /** Waits until there is room. What is larger than all of it waits until nothing else is held. */
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
