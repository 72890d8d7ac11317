package io.github.smartleadbulk.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Figures, several rounds of each, told as medians in Markdown. */
final class Table {

  private final StringBuilder text = new StringBuilder();

  Table(String title, String... columns) {
    text.append("\n## ").append(title).append("\n\n");
    row((Object[]) columns);
    row(Arrays.stream(columns).map(column -> "---").toArray());
  }

  Table row(Object... cells) {
    text.append('|');
    for (Object cell : cells) {
      text.append(' ')
          .append(cell instanceof Double number ? shown(number) : cell.toString())
          .append(" |");
    }
    text.append('\n');
    return this;
  }

  private static String shown(double number) {
    return String.format(Locale.ROOT, number < 100 ? "%.2f" : "%,.0f", number);
  }

  void print() {
    System.out.println(text);
  }

  /** What several rounds have measured. */
  static final class Rounds {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
      values.add(value);
    }

    double median() {
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest and the largest. */
    String range() {
      return shown(values.stream().min(Double::compare).orElseThrow())
          + " – "
          + shown(values.stream().max(Double::compare).orElseThrow());
    }
  }
}
