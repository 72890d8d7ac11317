package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.api.CallResult.Doubt;
import io.github.smartleadbulk.api.CallResult.Health;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Decides what an answer means, from its status and, if that is not enough, from its body. */
final class AnswerReader {

  /** What common servers (Express, NestJS, Fastify) say about an unknown path. */
  private static final Pattern NO_PATH =
      Pattern.compile("Cannot (GET|POST) /|Route (GET|POST)[: ]/?.* not found");

  /** Statuses about the size of the request, whether from the API or a gateway. */
  private static final Set<Integer> TOO_LARGE = Set.of(413, 414, 431);

  private final JsonMapper mapper;
  private final AccountPageReader pages;
  private final SingleLine oneLine;

  AnswerReader(JsonMapper mapper, SingleLine oneLine) {
    this.mapper = mapper;
    this.pages = new AccountPageReader(mapper);
    this.oneLine = oneLine;
  }

  /**
   * Decides what an answer means.
   *
   * @param body the body, which is consumed, so that memory becomes free while a page is read
   * @param whole whether the body arrived completely
   */
  CallResult read(
      ApiOperation operation, int status, Buffer body, boolean whole, RateLimitHeaders headers) {
    boolean isSuccess = status >= 200 && status < 300;
    ByteString start =
        body.snapshot((int) Math.min(body.size(), BufferedBodyInterceptor.LARGEST_BODY));
    if (isSuccess && whole && operation.isRead()) {
      Answer.Listed page = pages.find(body.inputStream(), operation instanceof ApiOperation.One);
      if (page != null) {
        return new CallResult.Listed(page);
      }
    }
    JsonNode json = whole ? parse(start.toByteArray()) : null;
    String reason = oneLine.of(reason(operation, status, json, start, whole));
    Duration pause = headers.retryAfter();
    RefusalKind wording = json == null ? RefusalKind.of("") : RefusalKind.of(json);
    boolean isPage = json == null && ErrorReason.isPage(start.utf8());
    if (isSuccess
        && whole
        && operation.isRead()
        && start.size() == BufferedBodyInterceptor.LARGEST_BODY) {
      // The body is too long to be anything but a list, so its first keys describe it.
      String shape = pages.shapeOfBeginning(start.toByteArray());
      if (shape != null) {
        return unreadable(status, withoutList(status, "found " + shape), Health.WORKS);
      }
    }
    if (isSuccess && isPage && operation instanceof ApiOperation.Page) {
      // Many web servers answer every path with the page of their application.
      return unreadable(status, reason, Health.ELSEWHERE);
    }
    if (isSuccess) {
      return success(operation, status, json, isPage, reason, wording, pause);
    }
    return switch (status) {
      case 401 -> new CallResult.KeyRefused(status, reason);
      case 429 -> busy(status, reason, pause, json);
      case 403 -> forbidden(operation, json, start.utf8(), reason, headers);
      case 400, 402 ->
          wording.isOfKey() && !isValidation(json)
              ? new CallResult.KeyRefused(status, reason)
              : status == 402
                  ? again(status, reason, Health.BROKEN, pause)
                  : refused(operation, status, reason, json, isPage);
      case 404 ->
          (json == null && whole && isNotOurs(start.utf8()))
                  || (json != null && NO_PATH.matcher(reason).lookingAt())
              ? again(status, reason, Health.ELSEWHERE, pause)
              : refused(operation, status, reason, json, false);
      case 405 ->
          isPage
              ? again(status, reason, Health.ELSEWHERE, pause)
              : refused(operation, status, reason, json, false);
      case 408 -> again(status, reason, Health.WORKS, pause);
      case 301, 308 -> again(status, redirect(status), Health.ELSEWHERE, pause);
      case 302, 303, 307 -> again(status, redirect(status), Health.BROKEN, pause);
      default ->
          status < 500
              ? refused(operation, status, reason, json, isPage)
              : headers.isMitigated() || (status == 503 && isChallenge(start.utf8()))
                  ? again(status, blocked(status, headers), Health.BLOCKED, pause)
                  : again(status, reason, isOfGateway(status) ? Health.AWAY : Health.BROKEN, pause);
    };
  }

  private static CallResult success(
      ApiOperation operation,
      int status,
      @Nullable JsonNode json,
      boolean isHtml,
      String reason,
      RefusalKind wording,
      Duration pause) {
    if (json == null) {
      return unreadable(
          status, reason, operation.isRead() && !isHtml ? Health.WORKS : Health.BROKEN);
    }
    JsonNode ok = json.path("ok");
    JsonNode success = json.path("success");
    boolean isRefusal = isFalse(ok) || isFalse(success);
    if (isRefusal || !isNothing(json.path("error"))) {
      if (!pause.isZero() || wording.isOfLimit()) {
        return busy(status, reason, pause, json);
      }
      if (wording.isOfKey() && !isValidation(json)) {
        return new CallResult.KeyRefused(status, reason);
      }
    }
    if (isRefusal) {
      return refused(operation, status, reason, json, false);
    }
    if (operation.isRead()) {
      // Another attempt may get a list, but a server of another kind is not worth waiting for.
      String found =
          ErrorReason.find(json) == null ? "found " + AccountPageReader.shape(json) : reason;
      return unreadable(status, withoutList(status, found), Health.WORKS);
    }
    if (isTrue(ok) || isTrue(success)) {
      CallResult.Unproven ofAnother = ofAnother(operation, status, json);
      return ofAnother == null ? new CallResult.Accepted(status) : ofAnother;
    }
    return new CallResult.Unproven(
        status, "HTTP " + status + " does not confirm success: " + reason);
  }

  private static String withoutList(int status, String found) {
    return "HTTP " + status + " without a list of accounts: " + found;
  }

  /** An answer about another account says nothing about this call. */
  private static CallResult.@Nullable Unproven ofAnother(
      ApiOperation operation, int status, JsonNode json) {
    JsonNode told = json.path("emailAccountId");
    if (!(operation instanceof ApiOperation.Update update) || isNothing(told)) {
      return null;
    }
    long id = update.update().accountId();
    String asked = Long.toString(id);
    if (told.isNumber()
        ? told.decimalValue().compareTo(BigDecimal.valueOf(id)) == 0
        : told.isString()
            && (Cells.isBlank(told.stringValue()) || told.stringValue().strip().equals(asked))) {
      return null;
    }
    String found = told.isValueNode() ? Cells.shown(told.asString()) : "something else";
    return new CallResult.Unproven(
        status,
        told.isNumber()
            ? "HTTP %d, but the answer is about account %s instead of %s%s"
                .formatted(status, told.asString(), asked, beyond(told))
            : "HTTP %d, but the answer is about account %s instead of %s"
                .formatted(status, found, asked));
  }

  /** Explains numbers that the server itself may have rounded. */
  private static String beyond(JsonNode id) {
    if (!id.isIntegralNumber() || id.bigIntegerValue().bitLength() <= 53) {
      return "";
    }
    return id.bigIntegerValue().bitLength() > 63
        ? " (beyond 2^63: no id has so many digits)"
        : " (beyond 2^53: JSON cannot tell such numbers apart)";
  }

  /** A 403 can mean four things. */
  private CallResult forbidden(
      ApiOperation operation,
      @Nullable JsonNode json,
      String text,
      String reason,
      RateLimitHeaders headers) {
    int status = 403;
    Duration pause = headers.retryAfter();
    boolean isOfApi = json != null && !headers.isMitigated();
    RefusalKind wording = json == null ? RefusalKind.of(text) : RefusalKind.of(json);
    if (!pause.isZero() || wording.isOfLimit()) {
      return busy(status, isOfApi ? reason : blocked(status, headers), pause, json);
    }
    if (!isOfApi) {
      return !ErrorReason.isMarkup(text) && !headers.isMitigated() && wording.isOfKey()
          ? new CallResult.KeyRefused(status, reason)
          : again(status, blocked(status, headers), Health.BLOCKED, pause);
    }
    // The list is not about one account: a key that may not read it may do nothing.
    return wording.isOfKey() || operation instanceof ApiOperation.Page
        ? new CallResult.KeyRefused(status, reason)
        : new CallResult.Refused(status, reason);
  }

  private static String blocked(int status, RateLimitHeaders headers) {
    return (headers.isFromCloudflare() ? "Cloudflare" : "a firewall such as Cloudflare")
        + " blocks this request (HTTP "
        + status
        + ")";
  }

  /** Whether the text is the page with which Cloudflare checks for a browser. */
  private static boolean isChallenge(String text) {
    return ErrorReason.isMarkup(text)
        && (text.contains("Just a moment")
            || text.contains("challenge-platform")
            || text.contains("cf-chl")
            || text.contains("Attention Required! | Cloudflare"));
  }

  /** Whether the text is a page, or what a server (Express) says about an unknown path. */
  private static boolean isNotOurs(String text) {
    return ErrorReason.isPage(text) || text.startsWith("Cannot ");
  }

  private static CallResult again(int status, String reason, Health health, Duration pause) {
    return new CallResult.Again(status, reason, Doubt.NONE, health, pause);
  }

  private static CallResult busy(
      int status, String reason, Duration pause, @Nullable JsonNode json) {
    Duration told = pause.isZero() ? pauseIn(json) : pause;
    return new CallResult.Busy(
        status,
        reason,
        told.compareTo(RateLimitHeaders.LONGEST) < 0 ? told : RateLimitHeaders.LONGEST);
  }

  private static CallResult unreadable(int status, String message, Health health) {
    return new CallResult.Again(status, message, Doubt.UNREADABLE, health, Duration.ZERO);
  }

  /**
   * @param isPage whether the body is a page: then the refusal is not the API's, unless a gateway
   *     found the request too large
   */
  private static CallResult refused(
      ApiOperation operation, int status, String reason, @Nullable JsonNode json, boolean isPage) {
    if (isPage && status >= 400 && !TOO_LARGE.contains(status)) {
      return again(status, reason, Health.BROKEN, Duration.ZERO);
    }
    CallResult.Unproven ofAnother = json == null ? null : ofAnother(operation, status, json);
    if (ofAnother != null) {
      return ofAnother;
    }
    return new CallResult.Refused(
        status, status >= 400 || status < 300 ? reason : redirect(status));
  }

  private static String redirect(int status) {
    return "HTTP " + status + ": redirects are not followed, to protect the key";
  }

  private static boolean isOfGateway(int status) {
    return (status >= 502 && status <= 504) || (status >= 520 && status <= 530);
  }

  /** A refusal by the schema quotes the row, so its words are not about the key or the limit. */
  private static boolean isValidation(@Nullable JsonNode json) {
    return json != null && json.has("validation");
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
      ApiOperation operation, int status, @Nullable JsonNode json, ByteString body, boolean whole) {
    if (!whole) {
      return "HTTP " + status + ", the answer was cut off";
    }
    if (json == null && operation.isRead()) {
      if (status == 404 && NO_PATH.matcher(body.utf8()).lookingAt()) {
        return body.utf8();
      }
      return ErrorReason.withoutText(status, body.utf8());
    }
    if (json == null) {
      String text = ErrorReason.ofText(status, body.utf8());
      return status < 300 && !text.startsWith("HTTP ")
          ? "HTTP " + status + ", an answer that is not JSON: " + text
          : text;
    }
    String reason = ErrorReason.find(json);
    return reason == null ? "HTTP " + status + " without a reason" : reason;
  }

  /** Reads {@code error.retry_after} in seconds, as in the rate-limit guide. */
  private static Duration pauseIn(@Nullable JsonNode json) {
    if (json == null) {
      return Duration.ZERO;
    }
    JsonNode inError = json.path("error").path("retry_after");
    String seconds = (inError.isMissingNode() ? json.path("retry_after") : inError).asString("");
    return RateLimitHeaders.seconds(seconds);
  }

  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static boolean isFalse(JsonNode node) {
    return node.isBoolean() && !node.booleanValue();
  }

  private static boolean isTrue(JsonNode node) {
    return node.isBoolean() && node.booleanValue();
  }
}
