package io.github.smartleadbulk.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Finds out from its words what a refusal is about, because SmartLead uses one status for many
 * things and documents no list of codes. Reads the texts in the places that {@link ErrorReason}
 * knows, and the codes next to them.
 */
final class RefusalKind {

  private static final Pattern LIMIT =
      pattern("rate[ _-]?limit|too many (requests|calls)|quota exceeded|throttl(ed|ing)");

  private static final Pattern KEY =
      pattern(
          "api[ _-]?key|api access|access to (the |our )?api\\b|(?m)invalid (access )?token[.!]?$");

  /**
   * SmartLead has sent "Plan expired!" with a 400, and "does not include API access" with a 403.
   */
  private static final Pattern PLAN =
      pattern(
          "\\b(plan|subscription|trial|membership)\\b.{0,40}\\b(expired|ended|inactive|not active"
              + "|cancell?ed|paused|over)\\b"
              + "|\\b(expired|inactive|cancell?ed) (plan|subscription|trial|membership)\\b"
              + "|\\bupgrade (your|the) (plan|subscription)\\b"
              + "|\\bpayment (failed|overdue)\\b");

  private static final Pattern UNAUTHORIZED = pattern("\\b(unauthori[sz]ed|unauthenticated)\\b");

  private static final Pattern QUOTED = pattern("\"[^\"\n]*\"");

  /** Words about one account do not concern other accounts. Words about all accounts do. */
  private static final Pattern ONE_ACCOUNT =
      pattern(
          "(email[ _-]?account|mailbox|inbox)(?!e?s)|this account"
              + "|\\b(from_name|signature|bcc|custom_tracking|client_id|max_email|time_to_wait)");

  private final String text;

  private RefusalKind(String text) {
    this.text = text;
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  static RefusalKind of(String text) {
    return new RefusalKind(text);
  }

  static RefusalKind of(JsonNode body) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : List.of(body, body.path("error"))) {
      for (String name : List.of("message", "error", "code", "errorCode", "error_code")) {
        if (node.path(name).isString()) {
          texts.add(node.path(name).stringValue());
        }
      }
    }
    return new RefusalKind(withoutQuotations(String.join("\n", texts)));
  }

  /**
   * Quoted words with a space between them come from the row and are not the name of a parameter.
   */
  private static String withoutQuotations(String text) {
    return QUOTED
        .matcher(text)
        .replaceAll(
            quoted ->
                quoted.group().indexOf(' ') < 0 ? Matcher.quoteReplacement(quoted.group()) : "");
  }

  /** Whether the refusal is about the rate limit. */
  boolean isOfLimit() {
    return LIMIT.matcher(text).find();
  }

  /** Whether the refusal is about the key or its owner's plan. */
  boolean isOfKey() {
    return !ONE_ACCOUNT.matcher(text).find()
        && (KEY.matcher(text).find()
            || PLAN.matcher(text).find()
            || UNAUTHORIZED.matcher(text).find());
  }
}
