package io.github.smartleadbulk.cli.output;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** A number with its noun: "1 row", "3,000 rows". */
public final class Quantity {

  private Quantity() {}

  public static String of(long count, String noun) {
    return String.format(Locale.ROOT, count == 1 ? "%,d %s" : "%,d %ss", count, noun);
  }

  /** Lists numbers: "1, 2, 5". */
  public static String list(Collection<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
