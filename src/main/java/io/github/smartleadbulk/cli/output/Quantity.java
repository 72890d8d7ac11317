package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import java.util.Collection;
import java.util.stream.Collectors;

/** A number with its noun: "1 row", "3,000 rows". */
public final class Quantity {

  private Quantity() {}

  public static String of(long count, String noun) {
    return Amount.of(count, noun);
  }

  /** Lists numbers: "1, 2, 5". */
  public static String list(Collection<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
