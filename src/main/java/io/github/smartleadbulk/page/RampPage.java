package io.github.smartleadbulk.page;

import io.github.smartleadbulk.page.LimitSteps.Step;
import io.github.smartleadbulk.ramp.RampPlan;
import io.github.smartleadbulk.ramp.RampPreview;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The coming days of a ramp plan: the total of all limits as a curve, and the limits as a map. */
public final class RampPage extends Page {

  /** Marks a pause, because not everybody can tell colours apart. */
  static final String PAUSE = "‖";

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);

  private final String name;
  private final RampPlan plan;
  private final List<LocalDate> dates;
  private final List<OptionalLong> totals;
  private final LimitSteps steps;
  private final List<String> warnings;
  private final @Nullable String limitsFile;
  private final LimitGroups groups;

  /** A heading over the days of a month. */
  record Month(String name, int days) {}

  /** A heading over a day. */
  record Day(String name, String weekday, int number, boolean isWeekend) {}

  /** The total of a day. */
  record Total(boolean isWeekend, String told, String text) {}

  /**
   * @param name the plan as the user named it
   * @param warnings the warnings from reading the plan
   * @param limitsFile a file that has all limits; null if there is none
   */
  public RampPage(
      String name,
      RampPlan plan,
      LocalDate first,
      int days,
      List<String> warnings,
      @Nullable String limitsFile) {
    RampPreview preview = new RampPreview(plan, first, days);
    this.name = name;
    this.plan = plan;
    this.dates = preview.dates();
    this.totals = preview.totals();
    this.warnings = List.copyOf(warnings);
    this.limitsFile = limitsFile;
    this.steps = LimitSteps.of(plan, dates);
    this.groups = new LimitGroups(plan, dates, steps, room());
  }

  @Override
  String template() {
    return "ramp";
  }

  @Override
  public String title() {
    return "Ramp plan: " + name;
  }

  public String subtitle() {
    return "The daily limits that the plan gives each account, from %s to %s (%s)."
        .formatted(Figures.day(first()), Figures.day(last()), Figures.number(dates.size(), "day"));
  }

  private LocalDate first() {
    return dates.get(0);
  }

  private LocalDate last() {
    return dates.get(dates.size() - 1);
  }

  public List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    cards.add(new Card("Accounts", Figures.number(plan.rows().size())));
    cards.add(new Card("Total on " + Figures.shortDay(first()), total(0)));
    cards.add(new Card("Total on " + Figures.shortDay(last()), total(dates.size() - 1)));
    if (steps.highest() > 0) {
      cards.add(new Card("Lowest limit", Figures.number(steps.lowest())));
      cards.add(new Card("Highest limit", Figures.number(steps.highest())));
    }
    addIfAny(cards, "Ramps that begin later", begunBy(last()) - begunBy(first()));
    addIfAny(cards, "Ramps that begin after these days", plan.rows().size() - begunBy(last()));
    return cards;
  }

  private static void addIfAny(List<Card> cards, String name, long accounts) {
    if (accounts > 0) {
      cards.add(new Card(name, Figures.number(accounts)));
    }
  }

  private long begunBy(LocalDate date) {
    return plan.rows().stream().filter(row -> row.ramp().limitOn(date).isPresent()).count();
  }

  private String total(int day) {
    OptionalLong total = totals.get(day);
    return total.isPresent() ? Figures.number(total.getAsLong()) : "–";
  }

  public List<String> warnings() {
    return warnings;
  }

  public boolean hasWarnings() {
    return !warnings.isEmpty();
  }

  public boolean isEmpty() {
    return plan.rows().isEmpty();
  }

  /** The curve of the total. */
  public Chart chart() {
    return new Chart(
        "Total of all daily limits",
        "Day",
        dates.stream().map(Figures::date).toList(),
        "messages a day",
        List.of(
            new Chart.Series(
                "Total", Chart.Form.LINE, totals.stream().map(total -> total.orElse(0)).toList())));
  }

  public List<Step> legend() {
    return steps.steps();
  }

  public String pauseSign() {
    return PAUSE;
  }

  public List<Month> months() {
    return dates.stream()
        .collect(Collectors.groupingBy(YearMonth::from, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(month -> new Month(MONTH.format(month.getKey()), month.getValue().intValue()))
        .toList();
  }

  public List<Day> days() {
    return dates.stream()
        .map(
            date ->
                new Day(
                    Figures.day(date),
                    date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
                    date.getDayOfMonth(),
                    LimitGroups.isWeekend(date)))
        .toList();
  }

  public List<Total> totals() {
    List<Total> all = new ArrayList<>();
    for (int i = 0; i < dates.size(); i++) {
      LocalDate date = dates.get(i);
      all.add(
          new Total(
              LimitGroups.isWeekend(date),
              Figures.shortDay(date) + ": " + total(i) + " in total",
              total(i)));
    }
    return all;
  }

  public LimitGroups accounts() {
    return groups;
  }

  /** A file that has all limits; null if there is none. */
  public @Nullable String limitsFile() {
    return limitsFile;
  }
}
