package io.github.smartleadbulk.job;

import java.util.ArrayList;
import java.util.List;

/** Limits how many bytes are held at once. Nobody waits in it. Thread-safe. */
final class ByteBudget {

  private final long most;
  private long held;
  private List<Runnable> waiting = new ArrayList<>();

  ByteBudget(long most) {
    this.most = most;
  }

  /**
   * Takes bytes if there is room. A request larger than the whole budget has room when nothing else
   * is held.
   *
   * @param whenFree runs once when bytes were given back, if there is no room now
   */
  synchronized boolean tryTake(long bytes, Runnable whenFree) {
    if (held > 0 && held + bytes > most) {
      waiting.add(whenFree);
      return false;
    }
    held += bytes;
    return true;
  }

  void give(long bytes) {
    List<Runnable> woken;
    synchronized (this) {
      held -= bytes;
      woken = waiting;
      waiting = new ArrayList<>();
    }
    woken.forEach(Runnable::run);
  }
}
