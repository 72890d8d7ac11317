package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ApiOperation;
import io.github.smartleadbulk.api.CallResult;
import io.github.smartleadbulk.api.CallResult.Doubt;
import io.github.smartleadbulk.api.CallResult.Health;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row's update, or a page of the account list, until it has its answer: what it asks, what has
 * been tried, and when it is due again.
 */
final class PendingRequest {

  private final ApiOperation operation;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private CompletableFuture<?> kept = answer;
  private Function<Instant, CompletableFuture<Void>> sending;

  private int calls;

  /** Those that count towards the maximum. */
  private int attempts;

  private boolean unreadable;
  private boolean perhapsApplied;
  private long streak;
  private int streaks;

  /** Of the latest call. */
  private long sentAt;

  private List<Probe> probes = List.of();
  private long due;

  /**
   * @param sending puts a call of the row on record, unless the row has a record of its own
   */
  PendingRequest(ApiOperation operation, Function<Instant, CompletableFuture<Void>> sending) {
    this.operation = operation;
    this.sending = sending;
  }

  ApiOperation operation() {
    return operation;
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }

  /** Has calls and answer put on record. Call before the row is sent. */
  <T> CompletableFuture<T> keepIn(RequestJournal<T> journal) {
    CompletableFuture<T> keeping = answer.thenCompose(journal::answered);
    kept = keeping;
    sending = journal::sending;
    return keeping;
  }

  /** Puts on record that a call of the row is about to be sent. */
  CompletableFuture<Void> sending(Instant at) {
    return sending.apply(at);
  }

  /** Runs something when the answer is on record, or could not be put there. */
  void whenKept(Runnable task) {
    CompletableFuture<?> unused = kept.whenComplete((record, failure) -> task.run());
  }

  /**
   * @param probes what the call tries for all others
   */
  void start(long now, List<Probe> probes) {
    this.sentAt = now;
    this.probes = probes;
  }

  long sentAt() {
    return sentAt;
  }

  List<Probe> probes() {
    return probes;
  }

  boolean isProbeOf(Probe probe) {
    return probes.contains(probe);
  }

  /** Counts the row in a streak; false if it has been already. */
  boolean countIn(long streak) {
    boolean isNew = this.streak != streak;
    this.streak = streak;
    streaks += isNew ? 1 : 0;
    return isNew;
  }

  /** In how many streaks it was: one more than how often others were served and it was not. */
  int streaks() {
    return streaks;
  }

  long due() {
    return due;
  }

  void due(long due) {
    this.due = due;
  }

  int attempts() {
    return attempts;
  }

  /** Whether no attempt is left if this one fails. */
  boolean isLastAttempt(int maxAttempts) {
    return attempts + 1 >= maxAttempts;
  }

  /**
   * Attempts that failed because there was no server do not count, unless others were served in
   * between.
   */
  void forgive() {
    attempts = Math.max(0, streaks - 1);
  }

  /**
   * Decides what the result means for the row.
   *
   * @return null if the row has to be tried again
   */
  @Nullable Answer decide(CallResult result, int maxAttempts) {
    if (result instanceof CallResult.Busy || result instanceof CallResult.KeyRefused) {
      return null;
    }
    if (result instanceof CallResult.CutOff) {
      return new Answer.Undecided();
    }
    calls++;
    attempts++;
    if (result instanceof CallResult.Accepted accepted) {
      return new Answer.Accepted(accepted.status(), calls);
    } else if (result instanceof CallResult.Listed listed) {
      return listed.page();
    } else if (result instanceof CallResult.TooLarge) {
      return new Answer.TooLarge();
    } else if (result instanceof CallResult.Refused refused) {
      return new Answer.Failed(refused.status(), calls, refused.message(), perhapsApplied);
    } else if (result instanceof CallResult.Unproven unproven) {
      return new Answer.Uncertain(unproven.status(), calls, unproven.message());
    }
    CallResult.Again again = (CallResult.Again) result;
    unreadable |= again.doubt() == Doubt.UNREADABLE;
    // A gateway that gave up may have passed the call on.
    perhapsApplied |=
        !operation.isRead()
            && (again.doubt() != Doubt.NONE
                || (again.status() != null && again.health() == Health.AWAY));
    if (attempts < maxAttempts) {
      return null;
    }
    boolean isInDoubt = unreadable || again.doubt() == Doubt.NO_ANSWER;
    return isInDoubt && !operation.isRead()
        ? new Answer.Uncertain(again.status(), calls, again.message())
        : new Answer.Failed(again.status(), calls, again.message(), perhapsApplied);
  }
}
