package io.github.smartleadbulk.sandbox;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with a sandbox as a whole, with times such as {@code clock:+26h}. */
final class ServerFaults {

  /** One thing that is wrong, with its time. */
  enum Kind {
    /** The {@code Date} of answers is off by so much. */
    CLOCK,
    /** Connections on which nothing happens are closed after so long. */
    IDLE_CLOSE,
    /** Every answer says that no calls remain until then, and every call is let in. */
    RATE_LIMIT_RESET,
    /** What answers that ask for time ask for. */
    RETRY_AFTER,
    /** How long calls go wrong, from the first one on. */
    FOR
  }

  /** As it was written, and what it means. */
  record Setting(Kind kind, String text, Duration time) {}

  private static final Pattern SETTING =
      Pattern.compile("([a-z-]+):([+-]?)([0-9]{1,6})(ms|s|m|h|d)");

  private final Map<Kind, Setting> settingsByKind = new EnumMap<>(Kind.class);

  ServerFaults(Iterable<Setting> settings) {
    settings.forEach(setting -> settingsByKind.put(setting.kind(), setting));
  }

  /** The setting that a text is, or null if it is none. */
  static @Nullable Setting find(String text) {
    Matcher matcher = SETTING.matcher(text);
    Kind kind = matcher.matches() ? Spelling.find(Kind.class, matcher.group(1)) : null;
    if (kind == null || (kind != Kind.CLOCK && !matcher.group(2).isEmpty())) {
      return null;
    }
    long count = Long.parseLong(matcher.group(3));
    Duration time =
        switch (matcher.group(4)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return new Setting(kind, text, matcher.group(2).equals("-") ? time.negated() : time);
  }

  Optional<Duration> time(Kind kind) {
    return Optional.ofNullable(settingsByKind.get(kind)).map(Setting::time);
  }

  /** By how much the server's clock is ahead. */
  Duration clockAhead() {
    return time(Kind.CLOCK).orElse(Duration.ZERO);
  }

  /** Whether one of them is about the bytes on a connection. */
  boolean areBeneathHttp() {
    return settingsByKind.containsKey(Kind.CLOCK) || settingsByKind.containsKey(Kind.IDLE_CLOSE);
  }

  /** As it is parsed, with a comma before each. */
  @Override
  public String toString() {
    return settingsByKind.values().stream()
        .map(setting -> "," + setting.text())
        .collect(Collectors.joining());
  }
}
