package io.github.smartleadbulk.input;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Line numbers in messages. */
final class Lines {

  private static final int SHOWN = 5;

  private Lines() {}

  /** {@code line 3}, {@code lines 3, 5 and 9}, {@code lines 3, 5, 9, 10, 11 and 40 more}. */
  static String shown(long[] lines) {
    if (lines.length == 1) {
      return "line " + lines[0];
    }
    int shown = lines.length <= SHOWN ? lines.length - 1 : SHOWN;
    return "lines "
        + Arrays.stream(lines)
            .limit(shown)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", "))
        + " and "
        + (lines.length <= SHOWN ? lines[shown] : lines.length - shown + " more");
  }
}
