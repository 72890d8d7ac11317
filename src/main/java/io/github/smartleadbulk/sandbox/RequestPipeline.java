package io.github.smartleadbulk.sandbox;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a request, in this order: key, rate windows, faults, the API itself. */
final class RequestPipeline {

  /** The delay of slow answers. A caller with a shorter timeout gets no answer. */
  static final Duration SLOW = Duration.ofSeconds(3);

  private final Keys keys;
  private final RateLimits limits;
  private final FaultDice dice;
  private final Endpoints api;
  private final ServerFaults faults;
  private final FaultAnswers answers;

  /**
   * @param elsewhere the target of redirects
   */
  RequestPipeline(
      SandboxSettings settings, Keys keys, RateLimits limits, Endpoints api, URI elsewhere) {
    this.keys = keys;
    this.limits = limits;
    this.dice = new FaultDice(settings.faults(), settings.seed());
    this.api = api;
    this.faults = settings.faults().ofServer();
    this.answers = new FaultAnswers(faults, elsewhere);
  }

  /**
   * @param body null if it is too large
   */
  Reaction react(ApiRequest request, byte @Nullable [] body) {
    if (!request.isApi()) {
      return Reaction.of(limits.now(), ErrorAnswers.message(404, "Not Found"));
    }
    if (!keys.accept(request.key())) {
      return Reaction.of(limits.now(), ErrorAnswers.invalidKey());
    }
    LimitDecision admission = limits.admit(request.key());
    Reaction reaction =
        admission.admitted()
            ? admitted(request, body, admission.at())
            : Reaction.of(admission.at(), ErrorAnswers.tooManyCalls(admission.retryAfterSeconds()));
    return reaction.with(admission.headers()).with(lies());
  }

  /** Headers about limits that do not exist. */
  private Map<String, String> lies() {
    return faults
        .time(ServerFaults.Kind.RATE_LIMIT_RESET)
        .map(
            reset ->
                Map.of(
                    "X-RateLimit-Limit", "60",
                    "X-RateLimit-Remaining", "0",
                    "X-RateLimit-Reset", Long.toString(now().plus(reset).getEpochSecond())))
        .orElse(Map.of());
  }

  /** The time on the clock that the answers show. */
  private Instant now() {
    return Instant.now().plus(faults.clockAhead());
  }

  private Reaction admitted(ApiRequest request, byte @Nullable [] body, long at) {
    Long account = request.method().equals("POST") ? request.accountId() : null;
    if (account != null && dice.blocks(account, at)) {
      return Reaction.of(at, answers.instead(Fault.Kind.BLOCKED));
    }
    Fault fault = dice.roll(at);
    if (fault != null && !fault.isAfterwards()) {
      return before(fault, at);
    }
    ApiResponse answer =
        body == null
            ? ErrorAnswers.message(413, "Request entity too large")
            : api.answer(request, body);
    return fault != null && answer.status() == 200
        ? afterwards(answer, fault, at)
        : Reaction.of(at, answer);
  }

  private Reaction before(Fault fault, long at) {
    return switch (fault.kind()) {
      case RESET -> unanswered(at, Reaction.Ending.RESET);
      case HANG -> unanswered(at, Reaction.Ending.HANG);
      case STATUS -> Reaction.of(at, answers.instead(fault.status()));
      default -> Reaction.of(at, answers.instead(fault.kind()));
    };
  }

  private static Reaction afterwards(ApiResponse answer, Fault fault, long at) {
    return switch (fault.kind()) {
      case LOST -> unanswered(at, Reaction.Ending.RESET);
      case SLOW -> new Reaction(at, answer, Reaction.Ending.ANSWER, SLOW);
      default -> Reaction.of(at, FaultAnswers.spoilt(answer, fault));
    };
  }

  private static Reaction unanswered(long at, Reaction.Ending ending) {
    return new Reaction(at, ErrorAnswers.internal(), ending, Duration.ZERO);
  }
}
