package io.github.smartleadbulk.client;

import java.time.Instant;
import java.util.List;

/**
 * The limiter's memory across processes: the calls of this key to this server, whoever made them.
 * Not used where there are no rate windows.
 */
public interface CallRecord {

  /** The calls from {@code from} on, in any order; asked for once, when the client starts. */
  List<Instant> since(Instant from);

  /**
   * A call is about to be sent. When this returns, a later process must find it: a call that is
   * sent and forgotten is one too many later. Called on the threads that send, the callers' and the
   * one for retries, perhaps at the same time; an exception stops the client, and the call is not
   * made.
   */
  void record(Instant sentAt);

  /** Remembers nothing. */
  static CallRecord none() {
    return new CallRecord() {
      @Override
      public List<Instant> since(Instant from) {
        return List.of();
      }

      @Override
      public void record(Instant sentAt) {}
    };
  }
}
