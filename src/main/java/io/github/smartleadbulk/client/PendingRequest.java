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
 * A row on its way, or a page of the account list: what it asks, what has been tried, and what it
 * is waiting for.
 */
final class PendingRequest {

  private final ApiOperation errand;
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private CompletableFuture<?> kept = answer;
  private Function<Instant, CompletableFuture<Void>> sending;

  private int calls;

  /** Tries that count against the most that may be. */
  private int tries;

  private boolean unreadable;
  private boolean perhapsApplied;
  private long streak;
  private int streaks;
  private boolean again;

  /** Of the latest call. */
  private long sentAt;

  private List<Probe> trials = List.of();
  private long due;

  /**
   * @param sending puts a call of the row on record, unless the row has a record of its own
   */
  PendingRequest(ApiOperation errand, Function<Instant, CompletableFuture<Void>> sending) {
    this.errand = errand;
    this.sending = sending;
  }

  ApiOperation errand() {
    return errand;
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }

  /** Has calls and answer put on record. Call before the row is sent. */
  <T> CompletableFuture<T> keepIn(RequestJournal<T> record) {
    CompletableFuture<T> keeping = answer.thenCompose(record::answered);
    kept = keeping;
    sending = record::sending;
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
   * @param trials what the call tries for all others
   */
  void start(long now, List<Probe> trials) {
    this.sentAt = now;
    this.trials = trials;
  }

  /**
   * A call of the row is sent.
   *
   * @return whether an earlier one was
   */
  boolean sentAgain() {
    boolean before = again;
    again = true;
    return before;
  }

  long sentAt() {
    return sentAt;
  }

  List<Probe> trials() {
    return trials;
  }

  boolean isTrialOf(Probe trial) {
    return trials.contains(trial);
  }

  /** Counts the row in a streak; false if it has been already. */
  boolean countIn(long streak) {
    boolean isNew = this.streak != streak;
    this.streak = streak;
    streaks += isNew ? 1 : 0;
    return isNew;
  }

  /** In how many streaks it was: that is, how often others were served and it was not, and one. */
  int streaks() {
    return streaks;
  }

  long due() {
    return due;
  }

  void due(long due) {
    this.due = due;
  }

  int tries() {
    return tries;
  }

  /** Whether a try that fails now would be one too many. */
  boolean isLastTry(int maxAttempts) {
    return tries + 1 >= maxAttempts;
  }

  /**
   * What failed because there was no server is not held against the row. But where others were
   * served in between, that it was not is.
   */
  void forgive() {
    tries = Math.max(0, streaks - 1);
  }

  /**
   * What the row comes to with this reply.
   *
   * @return null if it has to be tried again
   */
  @Nullable Answer decide(CallResult reply, int maxAttempts) {
    if (reply instanceof CallResult.Busy || reply instanceof CallResult.KeyRefused) {
      return null;
    }
    if (reply instanceof CallResult.CutOff) {
      return new Answer.Undecided();
    }
    calls++;
    tries++;
    if (reply instanceof CallResult.Accepted accepted) {
      return new Answer.Accepted(accepted.status(), calls);
    } else if (reply instanceof CallResult.Listed listed) {
      return listed.page();
    } else if (reply instanceof CallResult.TooLarge) {
      return new Answer.TooLarge();
    } else if (reply instanceof CallResult.Refused refused) {
      return new Answer.Failed(refused.status(), calls, refused.message(), perhapsApplied);
    } else if (reply instanceof CallResult.Unproven unproven) {
      return new Answer.Uncertain(unproven.status(), calls, unproven.message());
    }
    CallResult.Again again = (CallResult.Again) reply;
    unreadable |= again.doubt() == Doubt.UNREADABLE;
    // A gateway that gave up may have passed the call on.
    perhapsApplied |=
        !errand.isRead()
            && (again.doubt() != Doubt.NONE
                || (again.status() != null && again.health() == Health.AWAY));
    if (tries < maxAttempts) {
      return null;
    }
    boolean isInDoubt = unreadable || again.doubt() == Doubt.NO_ANSWER;
    return isInDoubt && !errand.isRead()
        ? new Answer.Uncertain(again.status(), calls, again.message())
        : new Answer.Failed(again.status(), calls, again.message(), perhapsApplied);
  }
}
