package io.github.smartleadbulk.client;

import io.github.smartleadbulk.client.Reply.Doubt;
import io.github.smartleadbulk.client.Reply.Health;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way, or a page of the account list: what it asks, what has been tried, and what it
 * is waiting for.
 */
final class Row {

  private final Errand errand;
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

  private List<Trial> trials = List.of();
  private long due;

  /**
   * @param sending puts a call of the row on record, unless the row has a record of its own
   */
  Row(Errand errand, Function<Instant, CompletableFuture<Void>> sending) {
    this.errand = errand;
    this.sending = sending;
  }

  Errand errand() {
    return errand;
  }

  CompletableFuture<Answer> answer() {
    return answer;
  }

  /** Has calls and answer put on record. Call before the row is sent. */
  <T> CompletableFuture<T> keepIn(RowRecord<T> record) {
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
  void start(long now, List<Trial> trials) {
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

  List<Trial> trials() {
    return trials;
  }

  boolean isTrialOf(Trial trial) {
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
  @Nullable Answer decide(Reply reply, int maxAttempts) {
    if (reply instanceof Reply.Busy || reply instanceof Reply.KeyRefused) {
      return null;
    }
    if (reply instanceof Reply.CutOff) {
      return new Answer.Undecided();
    }
    calls++;
    tries++;
    if (reply instanceof Reply.Accepted accepted) {
      return new Answer.Accepted(accepted.status(), calls);
    } else if (reply instanceof Reply.Listed listed) {
      return listed.page();
    } else if (reply instanceof Reply.TooLarge) {
      return new Answer.TooLarge();
    } else if (reply instanceof Reply.Refused refused) {
      return new Answer.Failed(refused.status(), calls, refused.message(), perhapsApplied);
    } else if (reply instanceof Reply.Unproven unproven) {
      return new Answer.Uncertain(unproven.status(), calls, unproven.message());
    }
    Reply.Again again = (Reply.Again) reply;
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
