package io.github.smartleadbulk.client;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Limits the calls in flight of all clients together, because each call takes a thread. Clients get
 * free slots in turn. A slot that becomes free belongs to the first client in the queue until that
 * client uses it or gives it back, so nobody overtakes.
 */
final class CallSlots {

  private final Queue<Holder> waiting = new ArrayDeque<>();
  private int free;

  CallSlots(int slots) {
    this.free = slots;
  }

  /** One client, which can hold one slot for its next call. */
  final class Holder {
    private final Runnable whenHeld;
    private boolean waits;
    private boolean holds;

    private Holder(Runnable whenHeld) {
      this.whenHeld = whenHeld;
    }

    /**
     * Holds a slot if it can, or waits for one.
     *
     * @return whether the client holds a slot
     */
    boolean hold() {
      synchronized (CallSlots.this) {
        if (!holds && free > 0) {
          free--;
          holds = true;
        } else if (!holds && !waits) {
          waits = true;
          waiting.add(this);
        }
        return holds;
      }
    }

    /** The call that starts now takes the slot. */
    void use() {
      synchronized (CallSlots.this) {
        holds = false;
      }
    }

    /** Lets others have the slot that the client holds, if it holds one. */
    void giveBack() {
      synchronized (CallSlots.this) {
        if (holds) {
          holds = false;
          release();
        }
      }
    }
  }

  /**
   * @param whenHeld called when the client holds a slot that it has waited for
   */
  Holder holder(Runnable whenHeld) {
    return new Holder(whenHeld);
  }

  /** A call has ended, or is not made. */
  synchronized void release() {
    Holder next = waiting.poll();
    if (next == null) {
      free++;
      return;
    }
    next.waits = false;
    next.holds = true;
    next.whenHeld.run();
  }
}
