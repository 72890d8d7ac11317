package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Cells;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The facts of one line of progress. If they do not all fit on the line, less important ones are
 * left out, so a line never wraps. Not thread-safe.
 */
final class ProgressLine {

  private static final String SEPARATOR = ", ";

  /** From this character on, a character may be two columns wide. */
  private static final int FIRST_WIDE = 0x1100;

  /**
   * A part of the line.
   *
   * @param importance 1 is the most important
   */
  private record Fact(int importance, String text) {}

  private final List<Fact> facts = new ArrayList<>();

  /**
   * Adds a fact at the end of the line.
   *
   * @param importance 1 is the most important
   */
  ProgressLine add(int importance, String text) {
    facts.add(new Fact(importance, Cells.printable(text).replaceAll("\\s+", " ")));
    return this;
  }

  /** The whole line. */
  String text() {
    return joined(facts);
  }

  /** As much of the line as fits, the most important first. */
  String text(int columns) {
    List<Fact> fitting = new ArrayList<>();
    facts.stream()
        .sorted(Comparator.comparingInt(Fact::importance))
        .forEach(
            fact -> {
              List<Fact> more =
                  facts.stream().filter(f -> f.equals(fact) || fitting.contains(f)).toList();
              if (fitting.isEmpty() || width(joined(more)) <= columns) {
                fitting.clear();
                fitting.addAll(more);
              }
            });
    return cut(joined(fitting), columns);
  }

  private static String joined(List<Fact> facts) {
    return String.join(SEPARATOR, facts.stream().map(Fact::text).toList());
  }

  /** The number of columns that a text takes at most. */
  static int width(String text) {
    return text.codePoints().map(ProgressLine::width).sum();
  }

  private static int width(int character) {
    return character < FIRST_WIDE ? 1 : 2;
  }

  private static String cut(String text, int columns) {
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      used += width(c);
      if (used > columns) {
        return cut.toString();
      }
      cut.appendCodePoint(c);
    }
    return text;
  }
}
