package io.github.smartleadbulk.client;

import io.github.smartleadbulk.api.CallResult;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.api.CompletedCall;
import io.github.smartleadbulk.api.Time;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a call may be sent. All reasons to wait come together here: the windows, permits
 * that other processes have, a pause after a 429, a quota that the server reports as exhausted, an
 * outage, a doubtful key, and the number of calls in flight.
 *
 * <p>This class only computes. The caller has the clock and the lock.
 */
final class Admission {

  private static final int FORBIDDEN = 403;

  private final URI baseUrl;
  private final Limiter limiter;
  private final PermitStock permits;
  private final RateLimitPause rateLimitPause = new RateLimitPause();
  private final RefusedKeyCheck keyCheck = new RefusedKeyCheck();
  private final ExhaustedQuota exhaustedQuota = new ExhaustedQuota();
  private final CircuitBreaker circuitBreaker;
  private final ConcurrencyLimit concurrencyLimit;

  /** The number of answers that are not recorded yet. */
  private int unrecorded;

  Admission(
      ClientSettings settings,
      Limiter limiter,
      PermitStock permits,
      ConcurrencyLimit concurrencyLimit) {
    this.baseUrl = settings.baseUrl();
    this.limiter = limiter;
    this.permits = permits;
    this.circuitBreaker = new CircuitBreaker(settings.maxOutage());
    this.concurrencyLimit = concurrencyLimit;
  }

  Limiter limiter() {
    return limiter;
  }

  CircuitBreaker circuitBreaker() {
    return circuitBreaker;
  }

  /** Whether no more calls may be in flight. */
  boolean isFull() {
    return room() <= 0;
  }

  /** How many more calls may be in flight; may be negative. */
  int room() {
    return concurrencyLimit.size() - limiter.inFlight() - unrecorded;
  }

  /** The most calls that may be in flight now. */
  int mostAtOnce() {
    return concurrencyLimit.size();
  }

  /** The reason that holds a call back longest; null if a call may be sent now. */
  @Nullable WaitReason waitReason(long now) {
    if (isFull()) {
      return WaitReason.BUSY;
    }
    WaitReason waitReason = later(limiter.waitReason(now), permits.waitReason(now));
    return later(waitReason, pause(now));
  }

  private @Nullable WaitReason pause(long now) {
    WaitReason waitReason = rateLimitPause.waitReason(now);
    waitReason = later(waitReason, keyCheck.waitReason(now));
    waitReason = later(waitReason, exhaustedQuota.waitReason(now));
    return later(waitReason, circuitBreaker.waitReason(now));
  }

  /** Takes permits if calls may soon be sent with them. */
  void takePermits(int waiting, long now) {
    WaitReason waitReason = later(limiter.waitReason(now), pause(now));
    long until = waitReason == null ? now : waitReason.until();
    if (!isFull() && permits.isTimeToAsk(now, until)) {
      permits.ask(now, waiting, room());
    }
  }

  /** A forecast of calls after the present pause. */
  Forecast forecast(long now) {
    WaitReason waitReason = waitReason(now);
    return limiter.forecast(
        waitReason == null || !waitReason.isWorthTelling() ? now : waitReason.until());
  }

  private static @Nullable WaitReason later(@Nullable WaitReason one, @Nullable WaitReason other) {
    return other == null || (one != null && one.until() >= other.until()) ? one : other;
  }

  /** A call for the request is about to be sent. */
  void start(PendingRequest request, long now) {
    limiter.sent();
    request.permit(permits.use(now));
    request.start(
        now,
        Stream.of(rateLimitPause, keyCheck, exhaustedQuota, circuitBreaker)
            .filter(Probe::start)
            .toList());
  }

  /** The call that was about to be sent for the request is not sent. */
  void neverSent(PendingRequest request) {
    limiter.neverSent();
    request.probes().forEach(Probe::tried);
  }

  /**
   * A call for the request has ended.
   *
   * @param isLastAttempt whether the row has no attempts left after this one
   * @return why no more calls may follow; null if they may
   */
  @Nullable ClientStop end(
      PendingRequest request, CompletedCall call, boolean isLastAttempt, Time time) {
    long now = time.nanos();
    permits.ended(request.permit(), call);
    measure(request, call);
    if (call.sent()) {
      limiter.ended(call.at());
    } else {
      limiter.neverSent();
    }
    request.probes().forEach(Probe::tried);
    if (call.result() instanceof CallResult.Busy busy) {
      Duration told = busy.pause().isZero() ? call.budget().exhaustedFor(0) : busy.pause();
      return rateLimited(request, busy, told, time);
    }
    checkQuota(request, call, now);
    return weigh(request, call.result(), isLastAttempt, time);
  }

  private void measure(PendingRequest request, CompletedCall call) {
    if (call.result() instanceof CallResult.Accepted) {
      concurrencyLimit.answered(request.sentAt(), call.at());
    } else if (!(call.result() instanceof CallResult.Refused)) {
      concurrencyLimit.beginRound(call.at());
    }
  }

  /** An answer is being recorded. */
  void answered() {
    unrecorded++;
  }

  /** An answer was recorded, or could not be. */
  void kept() {
    unrecorded--;
  }

  /**
   * If the server reports no remaining calls while our own windows have room, somebody else uses
   * the key too. If our own windows are full, they explain the report. They also show more exactly
   * when there is room again, because the header has rounded seconds. If other processes of this
   * program use the key, their calls explain the report too.
   */
  private void checkQuota(PendingRequest request, CompletedCall call, long now) {
    Duration exhausted = call.budget().exhaustedFor(limiter.inFlight());
    if (exhausted.isZero()) {
      exhaustedQuota.remains(request.sentAt());
    } else if (limiter.waitReason(now) == null && !permits.isShared()) {
      exhaustedQuota.heed(exhausted, now, !limiter.isUnlimited());
    }
  }

  private @Nullable ClientStop weigh(
      PendingRequest request, CallResult result, boolean isLastAttempt, Time time) {
    if (result instanceof CallResult.CutOff) {
      return null;
    }
    if (result instanceof CallResult.Again again && again.health() != CallResult.Health.WORKS) {
      return serverAway(request, again, isLastAttempt, time);
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

  private @Nullable ClientStop serverAway(
      PendingRequest request, CallResult.Again again, boolean isLastAttempt, Time time) {
    if (again.health() == CallResult.Health.ELSEWHERE && !keyCheck.hasWorked()) {
      return new ClientStop(
          ClientStop.Cause.WRONG_URL,
          "the base URL is wrong, this server does not know the API: %s (%s). Check --base-url, SMARTLEAD_BASE_URL and base-url in the config file"
              .formatted(
                  again.message().startsWith("HTTP ") || again.status() == null
                      ? again.message()
                      : "HTTP " + again.status() + ", " + again.message(),
                  request.operation().shown(baseUrl)));
    }
    return circuitBreaker.away(time.nanos(), request, again, isLastAttempt)
        ? new ClientStop(
            ClientStop.Cause.SERVER_AWAY,
            circuitBreaker.sentence() + tellsUntil(circuitBreaker.next(), time))
        : null;
  }

  private @Nullable ClientStop rateLimited(
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

  /** Adds the time that the server has named for the next call, if it is in the future. */
  private static String tellsUntil(long until, Time time) {
    long wait = until - time.nanos();
    return wait <= 0
        ? ""
        : "; the server asks for no call before "
            + time.now().plusNanos(wait).truncatedTo(ChronoUnit.SECONDS);
  }
}
