package io.github.smartleadbulk.sandbox;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The faults of a sandbox as a whole, with times such as {@code clock:+26h}. */
final class ServerFaults {

  /** A kind of server fault. Each has a time. */
  enum Kind {
    /** The {@code Date} of answers is off by the time. */
    CLOCK,
    /** Connections are closed after being idle for the time. */
    IDLE_CLOSE,
    /** Every answer says that no calls remain for the time, but every call is admitted. */
    RATE_LIMIT_RESET,
    /** The time in {@code Retry-After} headers. */
    RETRY_AFTER,
    /** How long calls fail, from the first call on. */
    FOR
  }

  /** A fault with its text and its time. */
  record Setting(Kind kind, String text, Duration time) {}

  private static final Pattern SETTING =
      Pattern.compile("([a-z-]+):([+-]?)([0-9]{1,6})(ms|s|m|h|d)");

  private final Map<Kind, Setting> settingsByKind = new EnumMap<>(Kind.class);

  ServerFaults(Iterable<Setting> settings) {
    settings.forEach(setting -> settingsByKind.put(setting.kind(), setting));
  }

  /** The fault that a text means, or null if it means none. */
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

  /** How far the server's clock is ahead. */
  Duration clockAhead() {
    return time(Kind.CLOCK).orElse(Duration.ZERO);
  }

  /** Whether any fault acts on connections below HTTP. */
  boolean areBeneathHttp() {
    return settingsByKind.containsKey(Kind.CLOCK) || settingsByKind.containsKey(Kind.IDLE_CLOSE);
  }

  /** The faults in the form that is parsed, with a comma before each. */
  @Override
  public String toString() {
    return settingsByKind.values().stream()
        .map(setting -> "," + setting.text())
        .collect(Collectors.joining());
  }
}
