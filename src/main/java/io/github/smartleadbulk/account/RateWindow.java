package io.github.smartleadbulk.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate limit: no more than {@code calls} in any span of {@code length}. Several windows can apply
 * at once.
 */
public record RateWindow(int calls, Duration length) {

  private static final Pattern WINDOW = Pattern.compile("([0-9]{1,9})/([0-9]{0,6})(s|min|m|h)");

  /**
   * @throws IllegalArgumentException if either value is not positive
   */
  public RateWindow {
    if (calls < 1 || length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException(
          "a rate window needs at least one call and a positive length, not "
              + calls
              + " in "
              + length);
    }
  }

  /**
   * Reads the windows in a setting: a tier from SmartLead's rate-limit guide ({@code standard} or
   * {@code pro}), {@code unlimited}, or windows such as {@code 10/s,60/min,1000/h,10/2s}.
   *
   * @return empty for {@code unlimited}
   * @throws IllegalArgumentException if the text is anything else; the message says what was found
   *     and what is expected
   */
  public static List<RateWindow> parseAll(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "standard" -> parseAll("10/s,60/min,1000/h");
      case "pro" -> parseAll("20/s,120/min,3000/h");
      case "unlimited" -> List.of();
      default -> {
        List<RateWindow> windows = new ArrayList<>();
        for (String window : text.split(",", -1)) {
          windows.add(parse(window.strip().toLowerCase(Locale.ROOT)));
        }
        yield List.copyOf(windows);
      }
    };
  }

  private static RateWindow parse(String window) {
    Matcher matcher = WINDOW.matcher(window);
    if (!matcher.matches()
        || Long.parseLong(matcher.group(1)) == 0
        || (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) == 0)) {
      throw new IllegalArgumentException(
          "found "
              + Cells.shown(window)
              + ", expected standard, pro, unlimited or windows such as 10/s,60/min,1000/h,10/2s");
    }
    long units = matcher.group(2).isEmpty() ? 1 : Long.parseLong(matcher.group(2));
    Duration unit =
        switch (matcher.group(3)) {
          case "s" -> Duration.ofSeconds(1);
          case "h" -> Duration.ofHours(1);
          default -> Duration.ofMinutes(1);
        };
    return new RateWindow(Integer.parseInt(matcher.group(1)), unit.multipliedBy(units));
  }

  /** How many calls per second windows allow in the long run; empty if there are none. */
  public static OptionalDouble perSecond(List<RateWindow> windows) {
    return windows.stream()
        .mapToDouble(window -> window.calls() * 1000.0 / window.length().toMillis())
        .min();
  }

  /**
   * This window without the share of other users, but with at least one call.
   *
   * @param percent 0 to 99
   */
  public RateWindow without(int percent) {
    return new RateWindow(Math.max(1, (int) (calls * (100L - percent) / 100)), length);
  }

  /** The window as in a setting: {@code 60/min}, {@code 10/2s}. */
  @Override
  public String toString() {
    long seconds = length.toSeconds();
    if (seconds % 3600 == 0) {
      return calls + "/" + units(seconds / 3600) + "h";
    }
    if (seconds % 60 == 0) {
      return calls + "/" + units(seconds / 60) + "min";
    }
    return calls + "/" + units(seconds) + "s";
  }

  private static String units(long count) {
    return count == 1 ? "" : Long.toString(count);
  }
}
