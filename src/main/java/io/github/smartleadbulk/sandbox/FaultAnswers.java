package io.github.smartleadbulk.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The answers of calls that fail on purpose. */
final class FaultAnswers {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html><head><title>%1$s</title></head>
      <body><center><h1>%1$s</h1></center><hr><center>cloudflare</center></body></html>
      """;

  /** Short, so that a rehearsal stays short. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** From this status on, the CDN in front of SmartLead answers with its own page. */
  private static final int FIRST_OF_CDN = 502;

  private final URI elsewhere;
  private final long retryAfterSeconds;

  /**
   * @param elsewhere the target of redirects
   */
  FaultAnswers(ServerFaults faults, URI elsewhere) {
    this.elsewhere = elsewhere;
    this.retryAfterSeconds =
        faults.time(ServerFaults.Kind.RETRY_AFTER).orElse(RETRY_AFTER).toSeconds();
  }

  /** The answer that replaces the real one. */
  ApiResponse instead(int status) {
    if (status == 304) {
      return ApiResponse.text(status, "text/plain", "");
    }
    if (status < 400) {
      return ApiResponse.html(status, PAGE.formatted(status + " Moved"))
          .with("Location", elsewhere.toString());
    }
    return switch (status) {
      case 401 -> ErrorAnswers.invalidKey();
      case 403 -> ErrorAnswers.message(status, "Your plan does not include API access");
      case 404 -> ErrorAnswers.unknownAccountOfRead();
      case 422 -> ErrorAnswers.unprocessable("from_name", "\"from_name\" is invalid");
      case 429 -> ErrorAnswers.tooManyCalls(retryAfterSeconds);
      case 500 -> ErrorAnswers.internal();
      default ->
          status < FIRST_OF_CDN
              ? ErrorAnswers.message(status, "Fault " + status + " of the sandbox")
              : ApiResponse.html(status, PAGE.formatted(status + " Fault of the sandbox"));
    };
  }

  /** The answer of a kind that is more than a status. */
  ApiResponse instead(Fault.Kind kind) {
    return switch (kind) {
      case NOTOK ->
          ApiResponse.jsonText(
              200, "{\"ok\":false,\"message\":\"Email account is locked by another operation\"}");
      case CHALLENGE, BLOCKED ->
          ApiResponse.html(403, PAGE.formatted("Just a moment..."))
              .with(Map.of("cf-mitigated", "challenge", "Server", "cloudflare"));
      case FORBIDDEN -> ErrorAnswers.message(403, "You have no access to this email account");
      case LIMITED, LIMITED200 ->
          ApiResponse.jsonText(
              kind == Fault.Kind.LIMITED ? 403 : 200,
              "{\"error\":{\"code\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"Too many requests\","
                  + "\"retry_after\":"
                  + retryAfterSeconds
                  + "}}");
      case EXPIRED -> ApiResponse.jsonText(400, "{\"error\":\"Plan expired!\"}");
      case NOPATH ->
          ApiResponse.html(404, "<!DOCTYPE html>\n<pre>Cannot POST or GET this path</pre>\n");
      case LATER ->
          ApiResponse.html(503, PAGE.formatted("503 Service Temporarily Unavailable"))
              .with("Retry-After", Long.toString(retryAfterSeconds));
      default -> throw new IllegalArgumentException(Spelling.of(kind) + " has no separate answer");
    };
  }

  /** A successful answer after damage. */
  static ApiResponse spoilt(ApiResponse success, Fault fault) {
    return switch (fault.kind()) {
      case EMPTY -> ApiResponse.text(200, "application/json; charset=utf-8", "");
      case TEXT -> ApiResponse.text(200, "text/plain; charset=utf-8", "Success");
      case HTML -> ApiResponse.html(200, PAGE.formatted("Just a moment..."));
      case CUT -> success.cut();
      case OTHER ->
          ApiResponse.jsonText(
              200, success.body().replaceAll("(\"emailAccountId\":[0-9]*)([0-9])", "$1$2$2"));
      default -> success;
    };
  }
}
