package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.CallResult;
import io.github.smartleadbulk.api.CompletedCall;
import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that keeps a call from being sent, in one place: the windows, a refusal by the server,
 * its word that the budget is used up, an outage, a doubtful key, the number of calls under way.
 *
 * <p>Computes only; the caller has the clock and the lock.
 */
final class Admission {

  private static final int FORBIDDEN = 403;

  private final Limiter limiter;
  private final RateLimitPause refusals = new RateLimitPause();
  private final RefusedKeyCheck key = new RefusedKeyCheck();
  private final ExhaustedQuota usedUp = new ExhaustedQuota();
  private final CircuitBreaker outage;
  private final ConcurrencyLimit window;

  /** Answers that are not on record yet. */
  private int unkept;

  Admission(Limiter limiter, Duration maxOutage, ConcurrencyLimit window) {
    this.limiter = limiter;
    this.outage = new CircuitBreaker(maxOutage);
    this.window = window;
  }

  Limiter limiter() {
    return limiter;
  }

  CircuitBreaker outage() {
    return outage;
  }

  /** Whether as many calls are under way as may be. */
  boolean isFull() {
    return limiter.inFlight() + unkept >= window.size();
  }

  /** How many calls may be under way now. */
  int mostAtOnce() {
    return window.size();
  }

  /** What keeps a call back longest; null if one may be sent now. */
  @Nullable WaitReason hold(long now) {
    if (isFull()) {
      return WaitReason.BUSY;
    }
    WaitReason hold = limiter.hold(now);
    hold = later(hold, refusals.hold(now));
    hold = later(hold, key.hold(now));
    hold = later(hold, usedUp.hold(now));
    return later(hold, outage.hold(now));
  }

  /** Of calls that follow when the present pause is over. */
  Forecast forecast(long now) {
    WaitReason hold = hold(now);
    return limiter.forecast(hold == null || !hold.isWorthTelling() ? now : hold.until());
  }

  private static @Nullable WaitReason later(@Nullable WaitReason one, @Nullable WaitReason other) {
    return other == null || (one != null && one.until() >= other.until()) ? one : other;
  }

  /** The row's call is about to be sent. */
  void start(PendingRequest row, long now) {
    limiter.sent();
    row.start(now, Stream.of(refusals, key, usedUp, outage).filter(Probe::start).toList());
  }

  /**
   * The row's call is over.
   *
   * @param isLastTry whether the row would have no other
   * @return why no call at all should follow; null if others may
   */
  @Nullable ClientStop end(PendingRequest row, CompletedCall end, boolean isLastTry, Time time) {
    long now = time.nanos();
    measure(row, end);
    if (end.sent()) {
      limiter.ended(end.at());
    } else {
      limiter.neverSent();
    }
    row.trials().forEach(Probe::tried);
    if (end.reply() instanceof CallResult.Busy busy) {
      Duration told = busy.pause().isZero() ? end.budget().exhaustedFor(0) : busy.pause();
      return refused(row, busy, told, time);
    }
    heed(row, end, now);
    return weigh(row, end.reply(), isLastTry, time);
  }

  private void measure(PendingRequest row, CompletedCall end) {
    if (end.reply() instanceof CallResult.Accepted) {
      window.answered(row.sentAt(), end.at());
    } else if (!(end.reply() instanceof CallResult.Refused)) {
      window.beginRound(end.at());
    }
  }

  /** A row's answer is on its way to where it is kept. */
  void answered() {
    unkept++;
  }

  /** It is there. */
  void kept() {
    unkept--;
  }

  /**
   * "None remaining", or no more than is under way, means something where our own count sees room:
   * then others use the key too. Where our own windows are full it is our own doing, and they know
   * the end of it to the millisecond, while the header's seconds are rounded.
   */
  private void heed(PendingRequest row, CompletedCall end, long now) {
    Duration exhausted = end.budget().exhaustedFor(limiter.inFlight());
    if (exhausted.isZero()) {
      usedUp.remains(row.sentAt());
    } else if (limiter.hold(now) == null) {
      usedUp.heed(exhausted, now, !limiter.isUnlimited());
    }
  }

  private @Nullable ClientStop weigh(
      PendingRequest row, CallResult reply, boolean isLastTry, Time time) {
    if (reply instanceof CallResult.CutOff) {
      return null;
    }
    if (reply instanceof CallResult.Again again && again.health() != CallResult.Health.WORKS) {
      return away(row, again, isLastTry, time);
    }
    outage.works(row.sentAt());
    refusals.admitted(row.sentAt());
    if (reply instanceof CallResult.KeyRefused refused) {
      return key.refused(time.nanos(), row.sentAt())
          ? keyRefused(
              "the API key was refused (HTTP " + refused.status() + "): " + refused.message())
          : null;
    }
    if (!(reply instanceof CallResult.Refused refused && refused.status() == FORBIDDEN)) {
      key.works(row.sentAt());
      key.answered(false);
      return null;
    }
    return key.answered(true)
        ? keyRefused(
            "%d rows in a row were refused (HTTP 403): %s"
                .formatted(RefusedKeyCheck.ROWS, refused.message()))
        : null;
  }

  private static ClientStop keyRefused(String message) {
    return new ClientStop(ClientStop.Cause.KEY_REFUSED, message);
  }

  private @Nullable ClientStop away(
      PendingRequest row, CallResult.Again again, boolean isLastTry, Time time) {
    if (again.health() == CallResult.Health.ELSEWHERE && !key.hasWorked()) {
      return new ClientStop(
          ClientStop.Cause.WRONG_URL,
          "the base URL is wrong, this server does not know the API: " + again.message());
    }
    return outage.away(time.nanos(), row, again, isLastTry)
        ? new ClientStop(
            ClientStop.Cause.SERVER_AWAY, outage.sentence() + tellsUntil(outage.next(), time))
        : null;
  }

  private @Nullable ClientStop refused(
      PendingRequest row, CallResult.Busy busy, Duration told, Time time) {
    long now = time.nanos();
    outage.works(row.sentAt());
    boolean hadRoom = !limiter.isUnlimited() && limiter.hold(now) == null;
    if (!refusals.refused(now, row.sentAt(), Time.nanos(told), hadRoom)) {
      return null;
    }
    return new ClientStop(
        ClientStop.Cause.LIMIT_EXHAUSTED,
        refusals.words() + ": " + busy.message() + tellsUntil(refusals.until(), time));
  }

  /** Where the server itself has told when a call would work. */
  private static String tellsUntil(long until, Time time) {
    long wait = until - time.nanos();
    return wait <= 0
        ? ""
        : "; the server asks for no call before "
            + time.now().plusNanos(wait).truncatedTo(ChronoUnit.SECONDS);
  }
}
