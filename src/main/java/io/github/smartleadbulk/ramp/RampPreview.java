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
    List<RampRow> rows = plan.rows();
    if (rows.size() > 1) {
      List<OptionalLong> first = limits(rows.get(0));
      if (rows.stream().allMatch(row -> limits(row).equals(first))) {
        return Stream.of(new Line(rows.size() + " accounts", first));
      }
    }
    return rows.stream().map(row -> new Line(row.account(), limits(row)));
  }

  private List<OptionalLong> limits(RampRow row) {
    return dates.stream().map(row.ramp()::limitOn).toList();
  }

  /**
   * The table as text. If the dates do not fit side by side, the table has several blocks, one
   * below the other.
   *
   * @param width the width of the terminal in characters
   * @return lines without line breaks
   */
  public Stream<String> text(int width) {
    List<String> days = dates.stream().map(DAY::format).toList();
    int accountWidth = lines().mapToInt(line -> line.account().length()).max().orElse(0);
    int dayWidth =
        GAP.length()
            + Stream.concat(days.stream(), lines().flatMap(line -> cells(line.limits()).stream()))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    int atOnce = Math.max(1, (width - accountWidth) / dayWidth);
    List<Stream<String>> blocks = new ArrayList<>();
    for (int start = 0; start < days.size(); start += atOnce) {
      int from = start;
      int to = (int) Math.min(days.size(), (long) start + atOnce);
      Stream<Line> lines = lines();
      blocks.add(start == 0 ? Stream.of() : Stream.of(""));
      blocks.add(Stream.of(line("", days.subList(from, to), accountWidth, dayWidth)));
      blocks.add(
          lines.map(
              line ->
                  line(
                      line.account(),
                      cells(line.limits()).subList(from, to),
                      accountWidth,
                      dayWidth)));
    }
    return blocks.stream().flatMap(block -> block);
  }

  private static List<String> cells(List<OptionalLong> limits) {
    return limits.stream()
        .map(limit -> limit.isPresent() ? Long.toString(limit.getAsLong()) : "")
        .toList();
  }

  private static String line(String account, List<String> cells, int accountWidth, int dayWidth) {
    StringBuilder line = new StringBuilder(account);
    line.append(" ".repeat(accountWidth - account.length()));
    for (String cell : cells) {
      line.append(" ".repeat(dayWidth - cell.length())).append(cell);
    }
    return line.toString().stripTrailing();
  }
}
