package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.CallResult;
import io.github.smartleadbulk.api.CompletedCall;
import io.github.smartleadbulk.api.Time;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a call may be sent. All reasons to wait come together here: the windows, a pause
 * after a 429, a quota that the server reports as used up, an outage, a doubtful key, and the
 * number of calls under way.
 *
 * <p>Computes only; the caller has the clock and the lock.
 */
final class Admission {

  private static final int FORBIDDEN = 403;

  private final Limiter limiter;
  private final RateLimitPause rateLimitPause = new RateLimitPause();
  private final RefusedKeyCheck keyCheck = new RefusedKeyCheck();
  private final ExhaustedQuota exhaustedQuota = new ExhaustedQuota();
  private final CircuitBreaker circuitBreaker;
  private final ConcurrencyLimit concurrencyLimit;

  /** How many answers are not on record yet. */
  private int unrecorded;

  Admission(Limiter limiter, Duration maxOutage, ConcurrencyLimit concurrencyLimit) {
    this.limiter = limiter;
    this.circuitBreaker = new CircuitBreaker(maxOutage);
    this.concurrencyLimit = concurrencyLimit;
  }

  Limiter limiter() {
    return limiter;
  }

  CircuitBreaker circuitBreaker() {
    return circuitBreaker;
  }

  /** Whether as many calls are under way as may be. */
  boolean isFull() {
    return limiter.inFlight() + unrecorded >= concurrencyLimit.size();
  }

  /** How many calls may be under way now. */
  int mostAtOnce() {
    return concurrencyLimit.size();
  }

  /** What keeps a call back longest; null if one may be sent now. */
  @Nullable WaitReason waitReason(long now) {
    if (isFull()) {
      return WaitReason.BUSY;
    }
    WaitReason waitReason = limiter.waitReason(now);
    waitReason = later(waitReason, rateLimitPause.waitReason(now));
    waitReason = later(waitReason, keyCheck.waitReason(now));
    waitReason = later(waitReason, exhaustedQuota.waitReason(now));
    return later(waitReason, circuitBreaker.waitReason(now));
  }

  /** For calls that follow the present pause. */
  Forecast forecast(long now) {
    WaitReason waitReason = waitReason(now);
    return limiter.forecast(
        waitReason == null || !waitReason.isWorthTelling() ? now : waitReason.until());
  }

  private static @Nullable WaitReason later(@Nullable WaitReason one, @Nullable WaitReason other) {
    return other == null || (one != null && one.until() >= other.until()) ? one : other;
  }

  /** The row's call is about to be sent. */
  void start(PendingRequest request, long now) {
    limiter.sent();
    request.start(
        now,
        Stream.of(rateLimitPause, keyCheck, exhaustedQuota, circuitBreaker)
            .filter(Probe::start)
            .toList());
  }

  /**
   * The row's call is over.
   *
   * @param isLastAttempt whether the row has no attempts left after this one
   * @return why no call at all should follow; null if others may
   */
  @Nullable ClientStop end(
      PendingRequest request, CompletedCall call, boolean isLastAttempt, Time time) {
    long now = time.nanos();
    measure(request, call);
    if (call.sent()) {
      limiter.ended(call.at());
    } else {
      limiter.neverSent();
    }
    request.probes().forEach(Probe::tried);
    if (call.result() instanceof CallResult.Busy busy) {
      Duration told = busy.pause().isZero() ? call.budget().exhaustedFor(0) : busy.pause();
      return refused(request, busy, told, time);
    }
    heed(request, call, now);
    return weigh(request, call.result(), isLastAttempt, time);
  }

  private void measure(PendingRequest request, CompletedCall call) {
    if (call.result() instanceof CallResult.Accepted) {
      concurrencyLimit.answered(request.sentAt(), call.at());
    } else if (!(call.result() instanceof CallResult.Refused)) {
      concurrencyLimit.beginRound(call.at());
    }
  }

  /** A row's answer is on its way to where it is kept. */
  void answered() {
    unrecorded++;
  }

  /** It is there. */
  void kept() {
    unrecorded--;
  }

  /**
   * If the server reports no calls remaining while our own windows have room, somebody else uses
   * the key too. If our own windows are full, they explain the report, and they know when they have
   * room again to the millisecond, while the header's seconds are rounded.
   */
  private void heed(PendingRequest request, CompletedCall call, long now) {
    Duration exhausted = call.budget().exhaustedFor(limiter.inFlight());
    if (exhausted.isZero()) {
      exhaustedQuota.remains(request.sentAt());
    } else if (limiter.waitReason(now) == null) {
      exhaustedQuota.heed(exhausted, now, !limiter.isUnlimited());
    }
  }

  private @Nullable ClientStop weigh(
      PendingRequest request, CallResult result, boolean isLastAttempt, Time time) {
    if (result instanceof CallResult.CutOff) {
      return null;
    }
    if (result instanceof CallResult.Again again && again.health() != CallResult.Health.WORKS) {
      return away(request, again, isLastAttempt, time);
    }
    circuitBreaker.works(request.sentAt());
    rateLimitPause.admitted(request.sentAt());
    if (result instanceof CallResult.KeyRefused refused) {
      return keyCheck.refused(time.nanos(), request.sentAt())
          ? keyRefused(
              "the API key was refused (HTTP " + refused.status() + "): " + refused.message())
          : null;
    }
    if (!(result instanceof CallResult.Refused refused && refused.status() == FORBIDDEN)) {
      keyCheck.works(request.sentAt());
      keyCheck.answered(false);
      return null;
    }
    return keyCheck.answered(true)
        ? keyRefused(
            "%d consecutive rows were refused (HTTP 403): %s"
                .formatted(RefusedKeyCheck.ROWS, refused.message()))
        : null;
  }

  private static ClientStop keyRefused(String message) {
    return new ClientStop(ClientStop.Cause.KEY_REFUSED, message);
  }

  private @Nullable ClientStop away(
      PendingRequest request, CallResult.Again again, boolean isLastAttempt, Time time) {
    if (again.health() == CallResult.Health.ELSEWHERE && !keyCheck.hasWorked()) {
      return new ClientStop(
          ClientStop.Cause.WRONG_URL,
          "the base URL is wrong, this server does not know the API: " + again.message());
    }
    return circuitBreaker.away(time.nanos(), request, again, isLastAttempt)
        ? new ClientStop(
            ClientStop.Cause.SERVER_AWAY,
            circuitBreaker.sentence() + tellsUntil(circuitBreaker.next(), time))
        : null;
  }

  private @Nullable ClientStop refused(
      PendingRequest request, CallResult.Busy busy, Duration told, Time time) {
    long now = time.nanos();
    circuitBreaker.works(request.sentAt());
    boolean hadRoom = !limiter.isUnlimited() && limiter.waitReason(now) == null;
    if (!rateLimitPause.refused(now, request.sentAt(), Time.nanos(told), hadRoom)) {
      return null;
    }
    return new ClientStop(
        ClientStop.Cause.LIMIT_EXHAUSTED,
        rateLimitPause.words() + ": " + busy.message() + tellsUntil(rateLimitPause.until(), time));
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
