package io.github.smartleadbulk.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that keeps a call from being sent, in one place: the windows, a refusal by the server,
 * its word that the budget is used up, an outage, the number of calls under way.
 *
 * <p>Computes only; the caller has the clock and the lock.
 */
final class Gate {

  private final Limiter limiter;
  private final Refusals refusals = new Refusals();
  private final Outage outage;
  private final CallWindow window;
  private long exhaustedUntil = Long.MIN_VALUE;

  /** Answers that are not on record yet. */
  private int unkept;

  Gate(Limiter limiter, Duration maxOutage, CallWindow window) {
    this.limiter = limiter;
    this.outage = new Outage(maxOutage);
    this.window = window;
  }

  Limiter limiter() {
    return limiter;
  }

  Outage outage() {
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
  @Nullable Hold hold(long now) {
    if (isFull()) {
      return Hold.BUSY;
    }
    Hold hold = limiter.hold(now);
    hold = later(hold, refusals.hold(now));
    hold = later(hold, outage.hold(now));
    return now < exhaustedUntil
        ? later(hold, new Hold("server-limit", "limit used up, says the server", exhaustedUntil))
        : hold;
  }

  /** Of calls that follow when the present pause is over. */
  Forecast forecast(long now) {
    Hold hold = hold(now);
    return limiter.forecast(hold == null || !hold.isWorthTelling() ? now : hold.until());
  }

  private static @Nullable Hold later(@Nullable Hold one, @Nullable Hold other) {
    return other == null || (one != null && one.until() >= other.until()) ? one : other;
  }

  /** The row's call is about to be sent. */
  void start(Row row, long now) {
    limiter.sent();
    row.start(now, refusals.start(), outage.start());
  }

  /**
   * The row's call is over.
   *
   * @return why no call at all should follow; null if others may
   */
  @Nullable ClientStop end(Row row, CallEnd end, long now) {
    measure(row, end);
    if (end.sent()) {
      limiter.ended(end.at());
    } else {
      limiter.neverSent();
    }
    if (row.isTrial()) {
      refusals.tried();
    }
    if (row.isProbe()) {
      outage.probed();
    }
    if (end.reply() instanceof Reply.Busy busy) {
      Duration told = busy.pause().isZero() ? end.budget().exhaustedFor(0) : busy.pause();
      return refused(row, busy, told, now);
    }
    heed(end.budget().exhaustedFor(limiter.inFlight()), now);
    return weigh(row, end.reply(), now);
  }

  private void measure(Row row, CallEnd end) {
    if (end.reply() instanceof Reply.Accepted) {
      window.answered(row.sentAt(), end.at());
    } else if (!(end.reply() instanceof Reply.Refused)) {
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
  private void heed(Duration exhausted, long now) {
    if (!exhausted.isZero() && limiter.hold(now) == null) {
      exhaustedUntil = Math.max(exhaustedUntil, now + exhausted.toNanos());
    }
  }

  private @Nullable ClientStop weigh(Row row, Reply reply, long now) {
    if (reply instanceof Reply.CutOff) {
      return null;
    }
    if (reply instanceof Reply.Again again && again.health() == Reply.Health.AWAY) {
      return outage.away(now, row, again.message())
          ? new ClientStop(ClientStop.Cause.SERVER_AWAY, "the server is away: " + again.message())
          : null;
    }
    outage.works();
    refusals.admitted(row.sentAt());
    return reply instanceof Reply.KeyRefused key
        ? new ClientStop(
            ClientStop.Cause.KEY_REFUSED,
            "the API key was refused (HTTP " + key.status() + "): " + key.message())
        : null;
  }

  private @Nullable ClientStop refused(Row row, Reply.Busy busy, Duration told, long now) {
    outage.works();
    return refusals.refused(now, row.sentAt(), told.toNanos())
        ? new ClientStop(
            ClientStop.Cause.LIMIT_EXHAUSTED,
            "no call was admitted for 15 minutes: " + busy.message())
        : null;
  }
}
