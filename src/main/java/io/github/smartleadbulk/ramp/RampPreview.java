package io.github.smartleadbulk.ramp;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table of a plan's limits on the coming days. */
public final class RampPreview {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);

  private static final String GAP = "  ";

  private static final String TOTAL = "total";

  /** Accounts are not cut to less than this, however narrow the terminal is. */
  private static final int SHORTEST = 12;

  private final RampPlan plan;
  private final List<LocalDate> dates;

  /**
   * @param days the number of days, beginning with the first date
   */
  public RampPreview(RampPlan plan, LocalDate first, int days) {
    this.plan = plan;
    this.dates = IntStream.range(0, days).mapToObj(first::plusDays).toList();
  }

  /**
   * A line of the table.
   *
   * @param account the label of the account
   * @param limits one for each date; empty before the ramp begins
   */
  public record Line(String account, List<OptionalLong> limits) {}

  public List<LocalDate> dates() {
    return dates;
  }

  /** One line for each row of the plan, or a single line if all accounts have the same limits. */
  public Stream<Line> lines() {
    return lines(dates, areAllTheSame());
  }

  private boolean areAllTheSame() {
    List<RampRow> rows = plan.rows();
    if (rows.size() < 2) {
      return false;
    }
    List<OptionalLong> first = limits(rows.get(0), dates);
    return rows.stream().allMatch(row -> limits(row, dates).equals(first));
  }

  private Stream<Line> lines(List<LocalDate> days, boolean allTheSame) {
    List<RampRow> rows = plan.rows();
    return allTheSame
        ? Stream.of(new Line(rows.size() + " accounts", limits(rows.get(0), days)))
        : rows.stream().map(row -> new Line(row.account(), limits(row, days)));
  }

  /** What all accounts together may send on each date; empty before the first ramp begins. */
  public List<OptionalLong> totals() {
    return totals(dates);
  }

  private List<OptionalLong> totals(List<LocalDate> days) {
    return days.stream().map(this::total).toList();
  }

  private OptionalLong total(LocalDate day) {
    return plan.rows().stream()
        .map(row -> row.ramp().limitOn(day))
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .reduce(Long::sum);
  }

  private static List<OptionalLong> limits(RampRow row, List<LocalDate> days) {
    return days.stream().map(row.ramp()::limitOn).toList();
  }

  /**
   * The table as text, with the total of all accounts as its last line. If the dates do not fit
   * side by side, the table has several blocks, one below the other.
   *
   * @param width the width of the terminal in characters
   * @return lines without line breaks
   */
  public Stream<String> text(int width) {
    boolean allTheSame = areAllTheSame();
    // The total of one account would only repeat its limits.
    boolean hasTotal = plan.rows().size() > 1;
    int dayWidth = dayWidth(allTheSame);
    int longest =
        Math.max(
            hasTotal ? TOTAL.length() : 0,
            allTheSame
                ? (plan.rows().size() + " accounts").length()
                : plan.rows().stream().mapToInt(row -> row.account().length()).max().orElse(0));
    boolean fits = longest + (long) dates.size() * dayWidth <= width;
    int accountWidth = fits ? longest : Math.min(longest, Math.max(SHORTEST, width / 2));
    int atOnce = Math.max(1, (width - accountWidth) / dayWidth);
    List<Stream<String>> blocks = new ArrayList<>();
    for (int start = 0; start < dates.size(); start += atOnce) {
      List<LocalDate> days =
          dates.subList(start, (int) Math.min(dates.size(), (long) start + atOnce));
      blocks.add(start == 0 ? Stream.of() : Stream.of(""));
      blocks.add(
          Stream.of(line("", days.stream().map(DAY::format).toList(), accountWidth, dayWidth)));
      blocks.add(
          lines(days, allTheSame)
              .map(line -> line(line.account(), cells(line.limits()), accountWidth, dayWidth)));
      if (hasTotal) {
        blocks.add(
            Stream.of(TOTAL).map(name -> line(name, cells(totals(days)), accountWidth, dayWidth)));
      }
    }
    return blocks.stream().flatMap(block -> block);
  }

  /** A limit never falls, so those of the last date are the widest. */
  private int dayWidth(boolean allTheSame) {
    List<LocalDate> last = dates.subList(dates.size() - 1, dates.size());
    Stream<List<OptionalLong>> limits =
        Stream.concat(
            lines(last, allTheSame).map(Line::limits),
            plan.rows().size() > 1 ? Stream.of(totals(last)) : Stream.of());
    return GAP.length()
        + Stream.concat(
                dates.stream().map(DAY::format), limits.flatMap(line -> cells(line).stream()))
            .mapToInt(String::length)
            .max()
            .orElse(0);
  }

  private static List<String> cells(List<OptionalLong> limits) {
    return limits.stream()
        .map(limit -> limit.isPresent() ? Long.toString(limit.getAsLong()) : "")
        .toList();
  }

  private static String line(String account, List<String> cells, int accountWidth, int dayWidth) {
    String label = shortened(account, accountWidth);
    StringBuilder line = new StringBuilder(label);
    line.append(" ".repeat(accountWidth - label.length()));
    for (String cell : cells) {
      line.append(" ".repeat(dayWidth - cell.length())).append(cell);
    }
    return line.toString().stripTrailing();
  }

  /** Cuts the middle, because addresses differ at both ends. */
  private static String shortened(String account, int width) {
    if (account.length() <= width) {
      return account;
    }
    int end = (width - 1) / 2;
    return account.substring(0, width - 1 - end) + "…" + account.substring(account.length() - end);
  }
}
