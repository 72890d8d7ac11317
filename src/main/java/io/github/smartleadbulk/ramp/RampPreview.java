package io.github.smartleadbulk.ramp;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table of a plan's limits on the coming days. */
public final class RampPreview {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);

  private static final String GAP = "  ";

  private static final String TOTAL = "total";

  private static final String TOTAL_OF = "total of ";

  /** Accounts are not cut to less than this, however narrow the terminal is. */
  private static final int SHORTEST = 12;

  private final RampPlan plan;
  private final List<LocalDate> dates;
  private final Map<String, List<RampRow>> rowsByWorkspace;

  /**
   * @param days the number of days, beginning with the first date
   */
  public RampPreview(RampPlan plan, LocalDate first, int days) {
    this.plan = plan;
    this.rowsByWorkspace = byWorkspace(plan.rows());
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

  /**
   * What the accounts of each workspace may send on each date, in the order in which the plan names
   * the workspaces; none if the plan names fewer than two.
   */
  public Map<String, List<OptionalLong>> totalsByWorkspace() {
    return totalsByWorkspace(dates);
  }

  private Map<String, List<OptionalLong>> totalsByWorkspace(List<LocalDate> days) {
    Map<String, List<OptionalLong>> totals = new LinkedHashMap<>();
    if (rowsByWorkspace.size() > 1) {
      rowsByWorkspace.forEach((workspace, rows) -> totals.put(workspace, totals(rows, days)));
    }
    return totals;
  }

  private static Map<String, List<RampRow>> byWorkspace(List<RampRow> rows) {
    Map<String, List<RampRow>> rowsByWorkspace = new LinkedHashMap<>();
    for (RampRow row : rows) {
      if (row.workspace() != null) {
        rowsByWorkspace.computeIfAbsent(row.workspace(), workspace -> new ArrayList<>()).add(row);
      }
    }
    return rowsByWorkspace;
  }

  private List<OptionalLong> totals(List<LocalDate> days) {
    return totals(plan.rows(), days);
  }

  private static List<OptionalLong> totals(List<RampRow> rows, List<LocalDate> days) {
    return days.stream().map(day -> total(rows, day)).toList();
  }

  private static OptionalLong total(List<RampRow> rows, LocalDate day) {
    return rows.stream()
        .map(row -> row.ramp().limitOn(day))
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .reduce(Long::sum);
  }

  private static List<OptionalLong> limits(RampRow row, List<LocalDate> days) {
    return days.stream().map(row.ramp()::limitOn).toList();
  }

  /**
   * The table as text. Its last lines are the totals of the workspaces, if there are several, and
   * the total of all accounts. If the dates do not fit side by side, the table has several blocks,
   * one below the other.
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
            hasTotal ? longestTotal() : 0,
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
            Stream.concat(
                totalsByWorkspace(days).entrySet().stream()
                    .map(
                        total ->
                            line(
                                TOTAL_OF + total.getKey(),
                                cells(total.getValue()),
                                accountWidth,
                                dayWidth)),
                Stream.of(TOTAL)
                    .map(name -> line(name, cells(totals(days)), accountWidth, dayWidth))));
      }
    }
    return blocks.stream().flatMap(block -> block);
  }

  private int longestTotal() {
    return totalsByWorkspace(List.of()).keySet().stream()
        .mapToInt(workspace -> TOTAL_OF.length() + workspace.length())
        .max()
        .orElse(TOTAL.length());
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
