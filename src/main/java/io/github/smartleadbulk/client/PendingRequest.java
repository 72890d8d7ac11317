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
 * A request without an answer yet, for a row or a page of the account list: its operation, its
 * attempts, and when it is due again.
 */
final class PendingRequest {

  private final ApiOperation operation;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private CompletableFuture<?> kept = answer;
  private Function<Instant, CompletableFuture<Void>> sending;

  private int calls;

  /** The calls that count as attempts. */
  private int attempts;

  /** How many of its calls in a row were withheld. */
  private int withheld;

  private boolean unreadable;
  private boolean perhapsApplied;
  private long streak;
  private int streaks;

  /** When the latest call was sent. */
  private long sentAt;

  private List<Probe> probes = List.of();
  private PermitStock.@Nullable Permit permit;
  private long due;

  /**
   * @param sending records a call, unless the request has its own journal
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

  /** Records the calls and the answer in a journal. Call before the request is sent. */
  <T> CompletableFuture<T> keepIn(RequestJournal<T> journal) {
    CompletableFuture<T> keeping = answer.thenCompose(journal::answered);
    kept = keeping;
    sending = journal::sending;
    return keeping;
  }

  /** Records that a call is about to be sent. */
  CompletableFuture<Void> sending(Instant at) {
    return sending.apply(at);
  }

  /** Runs a task when the answer was recorded or could not be. */
  void whenKept(Runnable task) {
    CompletableFuture<?> unused = kept.whenComplete((record, failure) -> task.run());
  }

  /**
   * @param probes the probes that this call makes
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

  /** The permit of the latest call; null if it needed none. */
  PermitStock.@Nullable Permit permit() {
    return permit;
  }

  void permit(PermitStock.@Nullable Permit permit) {
    this.permit = permit;
  }

  boolean isProbeOf(Probe probe) {
    return probes.contains(probe);
  }

  /** Counts the request in a streak. Returns false if it was already counted. */
  boolean countIn(long streak) {
    boolean isNew = this.streak != streak;
    this.streak = streak;
    streaks += isNew ? 1 : 0;
    return isNew;
  }

  /**
   * The number of streaks that the request was in: one more than the times that others were served
   * and it was not.
   */
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

  /** Whether no attempt is left if the present call fails. */
  boolean isLastAttempt(int maxAttempts) {
    return attempts + 1 >= maxAttempts;
  }

  /**
   * A call was withheld because it was too late.
   *
   * @return how many were, one after the other
   */
  int withheld() {
    return ++withheld;
  }

  /** Makes attempts that found no server not count, unless others were served in between. */
  void forgive() {
    attempts = Math.max(0, streaks - 1);
  }

  /**
   * Decides what the result of a call means for the request.
   *
   * @return null if the request must be tried again
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
    withheld = 0;
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
    // A gateway that gave up may still have passed the call on.
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
