package io.github.smartleadbulk.client;

import io.github.smartleadbulk.client.Reply.Doubt;
import io.github.smartleadbulk.client.Reply.Health;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what an answer means, by its status and, where that leaves it open, by its body. */
final class AnswerReader {

  private final JsonMapper mapper;
  private final OneLine oneLine;

  AnswerReader(JsonMapper mapper, OneLine oneLine) {
    this.mapper = mapper;
    this.oneLine = oneLine;
  }

  /**
   * What an answer means.
   *
   * @param pause what the headers say of how long to wait; zero if nothing
   * @param whole whether the body arrived to its end
   */
  Reply read(int status, byte[] body, boolean whole, Duration pause) {
    JsonNode json = whole ? parse(body) : null;
    String reason = oneLine.of(reason(status, json, body, whole));
    if (status >= 200 && status < 300) {
      return success(status, json, reason);
    }
    return switch (status) {
      case 401, 403 -> new Reply.KeyRefused(status, reason);
      case 429 -> new Reply.Busy(status, reason, pause.isZero() ? pauseIn(json) : pause);
      case 408 -> new Reply.Again(status, reason, Doubt.NONE, Health.WORKS, pause);
      default -> status >= 500 ? broken(status, reason, pause) : refused(status, reason);
    };
  }

  private static Reply success(int status, @Nullable JsonNode json, String reason) {
    if (json == null) {
      return new Reply.Again(status, reason, Doubt.UNREADABLE, Health.WORKS, Duration.ZERO);
    }
    JsonNode ok = json.path("ok");
    JsonNode success = json.path("success");
    if (isFalse(ok) || isFalse(success)) {
      return new Reply.Refused(status, reason);
    }
    if (isTrue(ok) || isTrue(success)) {
      return new Reply.Accepted(status);
    }
    return new Reply.Unproven(status, "HTTP " + status + " without a word on success: " + reason);
  }

  private static Reply refused(int status, String reason) {
    return status >= 400
        ? new Reply.Refused(status, reason)
        : new Reply.Refused(
            status, "HTTP " + status + ": redirects are not followed, the key would travel");
  }

  private static Reply broken(int status, String reason, Duration pause) {
    boolean gateway = (status >= 502 && status <= 504) || (status >= 520 && status <= 530);
    return new Reply.Again(status, reason, Doubt.NONE, gateway ? Health.AWAY : Health.WORKS, pause);
  }

  private @Nullable JsonNode parse(byte[] body) {
    try {
      JsonNode json = mapper.readTree(body);
      return json != null && json.isObject() ? json : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String reason(int status, @Nullable JsonNode json, byte[] body, boolean whole) {
    if (!whole) {
      return "HTTP " + status + ", the answer was cut off";
    }
    if (json == null) {
      String text = Reason.ofText(status, new String(body, StandardCharsets.UTF_8));
      return status < 300 && !text.startsWith("HTTP ")
          ? "HTTP " + status + ", an answer that is not JSON: " + text
          : text;
    }
    String reason = Reason.find(json);
    return reason == null ? "HTTP " + status + " without a reason" : reason;
  }

  /** Where the rate-limit guide has it: {@code error.retry_after}, in seconds. */
  private static Duration pauseIn(@Nullable JsonNode json) {
    if (json == null) {
      return Duration.ZERO;
    }
    JsonNode inError = json.path("error").path("retry_after");
    String seconds = (inError.isMissingNode() ? json.path("retry_after") : inError).asString("");
    return LimitHeaders.seconds(seconds);
  }

  private static boolean isFalse(JsonNode node) {
    return node.isBoolean() && !node.booleanValue();
  }

  private static boolean isTrue(JsonNode node) {
    return node.isBoolean() && node.booleanValue();
  }
}
