package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.PermitGrant;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.CallResult;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.api.CompletedCall;
import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The permits that a client has for its next calls, from a {@link SharedBudget}. Without one, every
 * call may be sent.
 *
 * <p>A permit is used soon or given back, because it takes room from other processes meanwhile. The
 * client asks for more at once as long as it uses all that it gets.
 *
 * <p>The caller has the lock.
 */
final class PermitStock {

  /**
   * How long after asking a permit may be used. After that, this process may have been paused or
   * cut off, and nobody may count the permit any more.
   */
  static final Duration USABLE = Duration.ofSeconds(3);

  /** How long before its time to ask for a permit. */
  private static final long AHEAD = Duration.ofSeconds(1).toNanos();

  /** How long to keep permits that nothing waits for: the next row may be on its way. */
  private static final long IDLE = Duration.ofMillis(100).toNanos();

  /**
   * A permit for one call.
   *
   * @param waitReason what it waits for; null if it could be used at once
   * @param from when it may be used, on the {@link Time#nanos} clock
   * @param until when it is too late to use
   * @param untilInstant the same on the system clock, which goes on while the machine sleeps
   */
  record Permit(
      long id, @Nullable WaitReason waitReason, long from, long until, Instant untilInstant) {}

  private final @Nullable SharedBudget budget;
  private final List<RateWindow> windows;
  private final Duration life;
  private final Time time;
  private final Lock lock;
  private final Runnable whenAnswered;
  private final Consumer<Throwable> whenFailed;

  private final Deque<Permit> permits = new ArrayDeque<>();
  private boolean asking;
  private boolean closed;

  /** What the next request for permits should bring, judging by the latest. */
  private int guess = 1;

  private long usedAt;

  /** Why the latest request did not bring more; null if it did. */
  private @Nullable WaitReason shortage;

  /** When to ask again. */
  private long lookAt = Long.MIN_VALUE;

  /**
   * @param budget null for none
   * @param lock the lock of the caller, for the answers
   * @param whenAnswered called without the lock when a call may have become possible
   * @param whenFailed called without the lock when no more permits can be had
   */
  PermitStock(
      @Nullable SharedBudget budget,
      ClientSettings settings,
      Time time,
      Lock lock,
      Runnable whenAnswered,
      Consumer<Throwable> whenFailed) {
    this.budget = settings.windows().isEmpty() ? null : budget;
    this.windows = settings.windows();
    this.life = USABLE.plus(settings.timeout()).plus(Limiter.LONGEST_WAY);
    this.time = time;
    this.lock = lock;
    this.whenAnswered = whenAnswered;
    this.whenFailed = whenFailed;
  }

  /** Whether other processes can fill the windows. */
  boolean isShared() {
    return budget != null;
  }

  /** Whether an answer is on its way. */
  boolean isAsking() {
    return asking;
  }

  /** Why the next call has no permit yet; null if it has one, or if it is time to ask. */
  @Nullable WaitReason waitReason(long now) {
    Permit next = permits.peek();
    if (next != null) {
      return now < next.from() ? next.waitReason() : null;
    }
    if (shortage != null && now < lookAt) {
      return shortage;
    }
    if (!asking) {
      return null;
    }
    return shortage != null && now < shortage.until() ? shortage : WaitReason.BUSY;
  }

  /**
   * When to ask for permits; {@link Time#NEVER} if that is not known or is now.
   *
   * @param until when nothing else will hold back a call
   */
  long nextLook(long now, long until) {
    if (budget == null || asking || !permits.isEmpty()) {
      return Time.NEVER;
    }
    if (shortage != null && now < lookAt) {
      return lookAt;
    }
    return until == Time.NEVER || until - AHEAD <= now ? Time.NEVER : until - AHEAD;
  }

  /** Whether a call that nothing else holds back after this time needs a permit now. */
  boolean isTimeToAsk(long now, long until) {
    return budget != null
        && !closed
        && !asking
        && permits.isEmpty()
        && now >= lookAt
        && until <= now + AHEAD;
  }

  /**
   * Asks for permits.
   *
   * @param waiting how many calls are known to wait
   * @param most how many can be sent at most
   */
  void ask(long now, int waiting, int most) {
    if (budget == null) {
      return;
    }
    asking = true;
    int wanted = Math.max(1, Math.min(most, Math.max(waiting, guess)));
    long until = now + USABLE.toNanos();
    Instant untilInstant = time.now().plus(USABLE);
    report(
        budget
            .take(wanted, windows, life)
            .thenAccept(grant -> answered(grant, until, untilInstant)));
  }

  private void answered(PermitGrant grant, long until, Instant untilInstant) {
    lock.lock();
    try {
      long now = time.nanos();
      asking = false;
      usedAt = now;
      for (PermitGrant.Permit permit : grant.permits()) {
        long from = now + Time.nanos(permit.usableIn());
        RateWindow window = permit.window();
        WaitReason waitReason = window == null ? null : WaitReason.window(window, from);
        permits.add(new Permit(permit.id(), waitReason, from, until, untilInstant));
      }
      guess = Math.max(1, 2 * grant.permits().size());
      PermitGrant.Shortage told = grant.shortage();
      if (told == null) {
        shortage = null;
        lookAt = Long.MIN_VALUE;
      } else {
        Duration opensIn = told.opensIn();
        long opens = opensIn == null ? Time.NEVER : now + Time.nanos(opensIn);
        shortage = WaitReason.window(told.window(), opens);
        lookAt = now + Time.nanos(told.lookIn());
      }
      if (closed) {
        giveBack();
      }
    } finally {
      lock.unlock();
    }
    whenAnswered.run();
  }

  /** Takes a permit for a call; null if none is needed. */
  @Nullable Permit use(long now) {
    usedAt = now;
    return budget == null ? null : permits.remove();
  }

  /** Whether it is not too late for a call with this permit. */
  boolean isUsable(@Nullable Permit permit) {
    return permit == null
        || (time.nanos() < permit.until() && time.now().isBefore(permit.untilInstant()));
  }

  /**
   * Gives back permits that are too old, and all if nothing needs them.
   *
   * @param needed whether something waits for a permit
   * @return when to call this again; {@link Time#NEVER} if there are no permits
   */
  long tidy(long now, boolean needed) {
    if (permits.isEmpty()) {
      return Time.NEVER;
    }
    // Those of the next answer are all younger.
    if (!isUsable(permits.peek()) || (!needed && now >= usedAt + IDLE)) {
      giveBack();
      return Time.NEVER;
    }
    long tooOld = permits.element().until();
    return needed ? tooOld : Math.min(tooOld, usedAt + IDLE);
  }

  /**
   * Gives all permits back if nothing can be sent until this time, and that is long. A shorter wait
   * would have them taken again at once.
   */
  void giveBackIfIdle(long until) {
    Permit next = permits.peek();
    if (next != null && until > next.from() + AHEAD) {
      giveBack();
    }
  }

  /** Gives all permits back. */
  private void giveBack() {
    if (!permits.isEmpty()) {
      guess = 1;
      List<Long> ids = permits.stream().map(Permit::id).toList();
      permits.clear();
      giveBack(ids);
    }
  }

  /** A call with this permit is not sent, and never will be. */
  void neverSent(@Nullable Permit permit) {
    if (permit != null) {
      giveBack(List.of(permit.id()));
    }
  }

  private void giveBack(List<Long> ids) {
    if (budget != null) {
      report(budget.neverSent(ids).thenRun(this::lookAgain));
    }
  }

  /** There may be room again, or it is known when there will be. */
  private void lookAgain() {
    lock.lock();
    try {
      lookAt = Long.MIN_VALUE;
    } finally {
      lock.unlock();
    }
    whenAnswered.run();
  }

  /** A call has ended that had this permit. */
  void ended(@Nullable Permit permit, CompletedCall end) {
    if (budget == null || permit == null) {
      return;
    }
    if (!end.sent()) {
      neverSent(permit);
    } else if (!(end.result() instanceof CallResult.CutOff)) {
      report(budget.ended(permit.id()).thenRun(this::lookAgain));
    }
    // A call that was cut off can still arrive, like those of a process that has died.
  }

  private void report(CompletableFuture<Void> reported) {
    CompletableFuture<Void> unused =
        reported.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                whenFailed.accept(failure);
              }
            });
  }

  /** Gives all permits back, also those that come later. */
  void close() {
    closed = true;
    giveBack();
  }
}
