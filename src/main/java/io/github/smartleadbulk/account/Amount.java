package io.github.smartleadbulk.account;

import java.util.Locale;

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

  /** A number with a noun and a verb: {@code 1 row is}, {@code 3,000 rows are}. */
  public static String of(long count, String noun, String one, String many) {
    return of(count, noun) + " " + (count == 1 ? one : many);
  }
}
