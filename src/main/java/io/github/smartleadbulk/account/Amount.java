package io.github.smartleadbulk.account;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A number in a message, with separators and the right form of its noun. */
public final class Amount {

  private Amount() {}

  /** A number such as {@code 3,000}. */
  public static String of(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A number with a noun that takes an s: {@code 1 row}, {@code 3,000 rows}. */
  public static String of(long count, String noun) {
    return of(count) + " " + (count == 1 ? noun : noun + "s");
  }

  /** Numbers in a row: {@code 1, 2, 5}. */
  public static String list(Collection<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** Numbers of each kind: {@code 2,990 updated, 10 failed}. */
  public static String each(Map<?, Long> countsByKind) {
    return countsByKind.entrySet().stream()
        .map(count -> of(count.getValue()) + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** A number with a noun and a verb: {@code 1 row is}, {@code 3,000 rows are}. */
  public static String of(long count, String noun, String one, String many) {
    return of(count, noun) + " " + (count == 1 ? one : many);
  }
}
