package io.github.smartleadbulk.state;

import io.github.smartleadbulk.postgres.PermitDesk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The calls that one key has made to one target. They outlive the process. Thread-safe. */
public interface CallLog extends AutoCloseable {

  /**
   * Identifies the key and target that share a limit. If two callers get the same name, they only
   * wait for each other.
   */
  static String caller(String keyHash, String target) {
    return "%08x%08x".formatted(keyHash.hashCode(), target.hashCode());
  }

  String caller();

  /**
   * The calls of earlier processes since an instant, oldest first. If the clock was set back, some
   * calls lie in the future. This method dates them back to now for good: otherwise, every start
   * would count them until that time has come.
   */
  List<Instant> since(Instant from, Instant now);

  /** Adds a call that the journal of a run already has. */
  void add(Instant at);

  /**
   * The permits that calls of this process need; empty if no other process makes calls at the same
   * time.
   */
  default Optional<PermitDesk.KeyPermits> permits() {
    return Optional.empty();
  }

  /** Records a call that belongs to no run. Send the call only after the result completes. */
  CompletableFuture<Void> record(Instant at);

  @Override
  void close();
}
