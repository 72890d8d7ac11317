package io.github.smartleadbulk.page;

import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunStatus;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the runs of each day ended, and on which days there was none although one was expected.
 *
 * @param runsByDay the runs to show
 * @param daysWithRuns the days that had a run, shown or not
 */
record NightCalendar(
    LocalDate first,
    LocalDate today,
    RecordedRuns history,
    Map<LocalDate, List<RunRecord>> runsByDay,
    Set<LocalDate> daysWithRuns) {

  private static final int WEEKS_BEFORE = 4;

  private static final DateTimeFormatter WEEK =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

  /** How a day went, the worst last. */
  enum Night {
    QUIET("", "no run"),
    MISSED("○", "missed"),
    RAN("✓", "ran"),
    RUNNING("…", "in progress"),
    ATTENTION("!", "rows need attention"),
    FAILED("✕", "failed or stopped");

    private final String sign;
    private final String words;

    Night(String sign, String words) {
      this.sign = sign;
      this.words = words;
    }

    public String sign() {
      return sign;
    }

    public String words() {
      return words;
    }

    public String style() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A day of a week. It has no night if it lies outside the calendar. */
  record Day(String date, @Nullable Night night, String told) {}

  /** A line of the calendar. */
  record Week(String name, List<Day> days) {}

  public List<Night> legend() {
    return List.of(Night.RAN, Night.ATTENTION, Night.FAILED, Night.MISSED, Night.RUNNING);
  }

  public List<Week> weeks() {
    List<Week> weeks = new ArrayList<>();
    for (LocalDate monday = first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        !monday.isAfter(today);
        monday = monday.plusWeeks(1)) {
      weeks.add(
          new Week(
              monday.getYear() == monday.minusWeeks(1).getYear() && !weeks.isEmpty()
                  ? Figures.date(monday)
                  : WEEK.format(monday),
              IntStream.range(0, 7).mapToObj(monday::plusDays).map(this::day).toList()));
    }
    return weeks;
  }

  private Day day(LocalDate date) {
    if (date.isBefore(first) || date.isAfter(today)) {
      return new Day("", null, "");
    }
    Night night = night(date);
    String runs =
        runsByDay.getOrDefault(date, List.of()).stream()
            .map(
                run ->
                    "run %d (%s, %s)"
                        .formatted(run.id(), RecordedRuns.title(run), history.status(run)))
            .collect(Collectors.joining(", "));
    return new Day(
        date.getDayOfMonth() == 1 ? Figures.date(date) : Integer.toString(date.getDayOfMonth()),
        night,
        Figures.day(date) + ": " + night.words() + (runs.isEmpty() ? "" : ": " + runs));
  }

  private Night night(LocalDate date) {
    return runsByDay.getOrDefault(date, List.of()).stream()
        .map(this::night)
        .max(Comparator.naturalOrder())
        .orElse(isMissed(date) ? Night.MISSED : Night.QUIET);
  }

  private Night night(RunRecord run) {
    if (history.isOnItsWay(run)) {
      return Night.RUNNING;
    }
    if (run.status() != RunStatus.FINISHED) {
      return Night.FAILED;
    }
    return history.isSuccess(run) ? Night.RAN : Night.ATTENTION;
  }

  /** Today is not over, so it cannot be missed yet. */
  private boolean isMissed(LocalDate date) {
    return date.isBefore(today)
        && !daysWithRuns.contains(date)
        && IntStream.rangeClosed(1, WEEKS_BEFORE)
            .anyMatch(weeks -> daysWithRuns.contains(date.minusWeeks(weeks)));
  }

  /** How many days went like this. */
  long count(Night night) {
    return first.datesUntil(today.plusDays(1)).filter(date -> night(date) == night).count();
  }
}
