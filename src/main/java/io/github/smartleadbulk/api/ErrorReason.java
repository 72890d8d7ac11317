package io.github.smartleadbulk.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the server's reason in the body of an answer, in any of the known places. */
final class ErrorReason {

  private static final Pattern MARKUP = Pattern.compile("<[/!?a-zA-Z]");

  private ErrorReason() {}

  /** Finds the reason in a JSON body; null if there is none. */
  static @Nullable String find(JsonNode body) {
    String reason = text(body.path("message"));
    if (reason == null) {
      reason = text(body.path("error"));
    }
    if (reason == null) {
      reason = text(body.path("error").path("message"));
    }
    return reason == null ? keys(body.path("validation").path("keys")) : reason;
  }

  private static @Nullable String text(JsonNode node) {
    if (node.isString()) {
      return node.stringValue().isBlank() ? null : tame(node.stringValue());
    }
    if (node.isArray()) {
      List<String> texts = new ArrayList<>();
      for (JsonNode element : node) {
        String text = text(element);
        if (text != null) {
          texts.add(text);
        }
      }
      return texts.isEmpty() ? null : String.join("; ", texts);
    }
    return null;
  }

  private static @Nullable String keys(JsonNode node) {
    String keys = text(node);
    return keys == null ? null : "not accepted: " + keys;
  }

  /** The reason in a body that is not a JSON object: its text, but never markup. */
  static String ofText(int status, String text) {
    if (text.isBlank()) {
      return "HTTP " + status + ", empty answer";
    }
    return isMarkup(text) ? "HTTP " + status + ", HTML answer" : text;
  }

  /** The reason without the text, because part of an account list may contain passwords. */
  static String withoutText(int status, String text) {
    if (text.isBlank()) {
      return ofText(status, text);
    }
    String kind = isPage(text) ? "HTML answer" : "the answer cannot be read";
    return "HTTP " + status + ", " + kind;
  }

  /** Whether the text begins with markup. */
  static boolean isPage(String text) {
    return text.stripLeading().startsWith("<");
  }

  private static String tame(String text) {
    return isMarkup(text) ? "HTML answer" : text;
  }

  static boolean isMarkup(String text) {
    return MARKUP.matcher(text).find();
  }
}
