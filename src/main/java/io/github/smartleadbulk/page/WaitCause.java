package io.github.smartleadbulk.page;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a run waited for, and how long. */
record WaitCause(String cause, String time) {

  static List<WaitCause> of(Map<String, Duration> waitedByCause) {
    return waitedByCause.entrySet().stream()
        .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
        .map(waited -> new WaitCause(words(waited.getKey()), Figures.duration(waited.getValue())))
        .toList();
  }

  /** A cause on record, as people read it. */
  static String words(String cause) {
    return switch (cause) {
      case "429" -> "rate-limited (429)";
      case "server-limit" -> "limit that the server reported";
      case "outage" -> "server away (outage)";
      default -> cause.contains("/") ? "limit of " + cause : cause;
    };
  }
}
