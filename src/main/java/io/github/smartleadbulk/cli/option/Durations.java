package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write and read them. */
public final class Durations {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|min|m|h|d)");

  private Durations() {}

  /** Parses a duration such as {@code 50ms}, {@code 30s}, {@code 10m} or {@code 4h}. */
  public static Duration parse(String text) {
    Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "found " + Cells.shown(text) + ", expected a time such as 50ms, 30s, 10m or 4h");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofMinutes(count);
    };
  }

  /**
   * Formats a duration, such as {@code 0.8 s}, {@code 42 s}, {@code 12 min} or {@code 3 h 05 min}.
   */
  public static String shown(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", Math.max(0, time.toMillis()) / 1000.0);
    }
    if (seconds < 120) {
      return seconds + " s";
    }
    long minutes = (seconds + 30) / 60;
    return minutes < 120
        ? minutes + " min"
        : String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
  }
}
