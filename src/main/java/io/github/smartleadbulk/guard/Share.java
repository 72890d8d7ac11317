package io.github.smartleadbulk.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An upper bound: a number, or a percentage of something. */
public record Share(long number, boolean isPercentage) {

  private static final Pattern SHARE = Pattern.compile("([0-9]{1,9})(%?)");

  /**
   * Parses a bound such as {@code 500} or {@code 10%}.
   *
   * @throws IllegalArgumentException if the text is neither a number nor a percentage
   */
  public static Share parse(String text) {
    Matcher matcher = SHARE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "found \"" + text + "\", expected a number such as 500 or a percentage such as 10%");
    }
    return new Share(Long.parseLong(matcher.group(1)), !matcher.group(2).isEmpty());
  }

  public boolean isExceededBy(long count, long of) {
    return isPercentage ? 100.0 * count > (double) number * of : count > number;
  }

  /** The smallest bound of the same kind that {@code count} does not exceed. */
  public Share raisedTo(long count, long of) {
    return isPercentage && of > 0
        ? new Share((100 * count + of - 1) / of, true)
        : new Share(count, isPercentage);
  }

  @Override
  public String toString() {
    return isPercentage ? number + "%" : Long.toString(number);
  }
}
