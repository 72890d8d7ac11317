package io.github.smartleadbulk.journal;

/** Waits for threads whose work must be over before what they use is closed. */
public final class Threads {

  private Threads() {}

  /**
   * Waits until a thread has ended, also while this one is interrupted, and returns at once if it
   * was never started. An interrupt is kept for whoever looks next.
   */
  public static void join(Thread thread) {
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
  }
}
