package io.github.smartleadbulk.client;

import io.github.smartleadbulk.client.Reply.Doubt;
import io.github.smartleadbulk.client.Reply.Health;
import java.time.Duration;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what an answer means, by its status and, where that leaves it open, by its body. */
final class AnswerReader {

  private final JsonMapper mapper;
  private final PageReader pages;
  private final OneLine oneLine;

  AnswerReader(JsonMapper mapper, OneLine oneLine) {
    this.mapper = mapper;
    this.pages = new PageReader(mapper);
    this.oneLine = oneLine;
  }

  /**
   * What an answer means.
   *
   * @param body is read to its end, so that a page goes as its accounts come
   * @param pause what the headers say of how long to wait; zero if nothing
   * @param whole whether the body arrived to its end
   */
  Reply read(Errand errand, int status, Buffer body, boolean whole, Duration pause) {
    boolean isSuccess = status >= 200 && status < 300;
    ByteString start = body.snapshot((int) Math.min(body.size(), WholeAnswer.LARGEST_BODY));
    if (isSuccess && whole && errand.isRead()) {
      Answer.Listed page = pages.find(body.inputStream(), errand instanceof Errand.One);
      if (page != null) {
        return new Reply.Listed(page);
      }
    }
    JsonNode json = whole ? parse(start.toByteArray()) : null;
    String reason = oneLine.of(reason(errand, status, json, start, whole));
    if (isSuccess) {
      return success(errand, status, json, reason);
    }
    return switch (status) {
      case 401, 403 -> new Reply.KeyRefused(status, reason);
      case 429 -> new Reply.Busy(status, reason, pause.isZero() ? pauseIn(json) : pause);
      case 408 -> new Reply.Again(status, reason, Doubt.NONE, Health.WORKS, pause);
      default -> status >= 500 ? broken(status, reason, pause) : refused(status, reason);
    };
  }

  private static Reply success(Errand errand, int status, @Nullable JsonNode json, String reason) {
    if (json == null) {
      return unreadable(status, reason);
    }
    JsonNode ok = json.path("ok");
    JsonNode success = json.path("success");
    if (isFalse(ok) || isFalse(success)) {
      return new Reply.Refused(status, reason);
    }
    if (errand.isRead()) {
      return unreadable(status, "HTTP " + status + " without a list of accounts: " + reason);
    }
    if (isTrue(ok) || isTrue(success)) {
      return new Reply.Accepted(status);
    }
    return new Reply.Unproven(status, "HTTP " + status + " without a word on success: " + reason);
  }

  private static Reply unreadable(int status, String message) {
    return new Reply.Again(status, message, Doubt.UNREADABLE, Health.WORKS, Duration.ZERO);
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

  private static String reason(
      Errand errand, int status, @Nullable JsonNode json, ByteString body, boolean whole) {
    if (!whole) {
      return "HTTP " + status + ", the answer was cut off";
    }
    if (json == null && errand.isRead()) {
      return Reason.withoutText(status, body.utf8());
    }
    if (json == null) {
      String text = Reason.ofText(status, body.utf8());
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
