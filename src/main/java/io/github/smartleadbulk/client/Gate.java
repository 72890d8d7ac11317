package io.github.smartleadbulk.client;

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
final class Gate {

  private static final int FORBIDDEN = 403;

  private final Limiter limiter;
  private final Refusals refusals = new Refusals();
  private final KeyDoubt key = new KeyDoubt();
  private final UsedUp usedUp = new UsedUp();
  private final Outage outage;
  private final CallWindow window;

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
    hold = later(hold, key.hold(now));
    hold = later(hold, usedUp.hold(now));
    return later(hold, outage.hold(now));
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
    row.start(now, Stream.of(refusals, key, usedUp, outage).filter(Trial::start).toList());
  }

  /**
   * The row's call is over.
   *
   * @param isLastTry whether the row would have no other
   * @return why no call at all should follow; null if others may
   */
  @Nullable ClientStop end(Row row, CallEnd end, boolean isLastTry, Time time) {
    long now = time.nanos();
    measure(row, end);
    if (end.sent()) {
      limiter.ended(end.at());
    } else {
      limiter.neverSent();
    }
    row.trials().forEach(Trial::tried);
    if (end.reply() instanceof Reply.Busy busy) {
      Duration told = busy.pause().isZero() ? end.budget().exhaustedFor(0) : busy.pause();
      return refused(row, busy, told, time);
    }
    heed(row, end, now);
    return weigh(row, end.reply(), isLastTry, time);
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
  private void heed(Row row, CallEnd end, long now) {
    Duration exhausted = end.budget().exhaustedFor(limiter.inFlight());
    if (exhausted.isZero()) {
      usedUp.remains(row.sentAt());
    } else if (limiter.hold(now) == null) {
      usedUp.heed(exhausted, now, !limiter.isUnlimited());
    }
  }

  private @Nullable ClientStop weigh(Row row, Reply reply, boolean isLastTry, Time time) {
    if (reply instanceof Reply.CutOff) {
      return null;
    }
    if (reply instanceof Reply.Again again && again.health() != Reply.Health.WORKS) {
      return away(row, again, isLastTry, time);
    }
    outage.works(row.sentAt());
    refusals.admitted(row.sentAt());
    if (reply instanceof Reply.KeyRefused refused) {
      return key.refused(time.nanos(), row.sentAt())
          ? keyRefused(
              "the API key was refused (HTTP " + refused.status() + "): " + refused.message())
          : null;
    }
    if (!(reply instanceof Reply.Refused refused && refused.status() == FORBIDDEN)) {
      key.works(row.sentAt());
      key.answered(false);
      return null;
    }
    return key.answered(true)
        ? keyRefused(
            "%d rows in a row were refused (HTTP 403): %s"
                .formatted(KeyDoubt.ROWS, refused.message()))
        : null;
  }

  private static ClientStop keyRefused(String message) {
    return new ClientStop(ClientStop.Cause.KEY_REFUSED, message);
  }

  private @Nullable ClientStop away(Row row, Reply.Again again, boolean isLastTry, Time time) {
    if (again.health() == Reply.Health.ELSEWHERE && !key.hasWorked()) {
      return new ClientStop(
          ClientStop.Cause.WRONG_URL,
          "the base URL is wrong, this server does not know the API: " + again.message());
    }
    return outage.away(time.nanos(), row, again, isLastTry)
        ? new ClientStop(
            ClientStop.Cause.SERVER_AWAY, outage.sentence() + tellsUntil(outage.next(), time))
        : null;
  }

  private @Nullable ClientStop refused(Row row, Reply.Busy busy, Duration told, Time time) {
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
