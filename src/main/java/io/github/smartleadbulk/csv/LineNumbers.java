package io.github.smartleadbulk.csv;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Formats line numbers for messages. */
public final class LineNumbers {

  private static final int SHOWN = 5;

  /** One more than are shown, because a row's own line is left out. */
  public static final int NEEDED = SHOWN + 1;

  private LineNumbers() {}

  /**
   * {@code line 3}, {@code lines 3, 5 and 9}, {@code lines 3, 5, 9, 10, 11 and 40 more}.
   *
   * @param first the first {@link #NEEDED} lines, or all if there are fewer
   * @param own the line to leave out
   * @param others the number of lines without {@code own}, at least one
   */
  public static String others(long[] first, long own, long others) {
    return listed(Arrays.stream(first).filter(line -> line != own).boxed().toList(), others);
  }

  /**
   * {@code lines 3, 5 and 9} and so on.
   *
   * @param first the first {@link #NEEDED} lines, or all if there are fewer
   * @param others the number of lines, at least one
   */
  public static String listed(List<Long> first, long others) {
    long[] shown = first.stream().mapToLong(Long::longValue).limit(SHOWN).toArray();
    if (others == 1) {
      return "line " + shown[0];
    }
    int listed = others <= SHOWN ? shown.length - 1 : SHOWN;
    return "lines "
        + Arrays.stream(shown)
            .limit(listed)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", "))
        + " and "
        + (others <= SHOWN ? shown[listed] : others - SHOWN + " more");
  }
}
