package io.github.smartleadbulk.page;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.history.RecordedRuns;
import io.github.smartleadbulk.page.NightCalendar.Night;
import io.github.smartleadbulk.state.Outcomes.FailingAccount;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the runs of a state folder did, night by night. */
public final class HistoryPage extends Page {

  /** The calendar and the charts have no more days than this. */
  private static final int MOST_DAYS = 400;

  /** In the order of the colours that the style sheet gives to charts. */
  private static final List<RowStatus> CHARTED =
      List.of(
          RowStatus.UNCHANGED,
          RowStatus.UPDATED,
          RowStatus.FAILED,
          RowStatus.UNCERTAIN,
          RowStatus.KEPT,
          RowStatus.INVALID,
          RowStatus.SKIPPED);

  private final RecordedRuns history;
  private final Selection selection;
  private final List<RateWindow> windows;
  private final List<FailingAccount> failing;
  private final Instant now;
  private final ZoneId zone = ZoneId.systemDefault();
  private final List<LocalDate> days;
  private final boolean leavesOutDays;
  private final Map<LocalDate, List<RunRecord>> countingByDay;
  private final Map<LocalDate, List<RunRecord>> callingByDay;
  private final NightCalendar calendar;
  private long runsShown;

  /**
   * The runs to show.
   *
   * @param runs the newest last
   * @param isOfKind whether a run matches the options other than time and status: a day without
   *     such a run can be a missed day
   * @param since the beginning of the calendar; null for the first run
   * @param options how else the user chose the runs, such as {@code --command ramp}
   */
  public record Selection(
      List<RunRecord> runs,
      Predicate<RunRecord> isOfKind,
      @Nullable Instant since,
      List<String> options) {}

  /** A line of the table of runs. */
  record Run(
      int number,
      String started,
      long startedMillis,
      String command,
      String input,
      String workspace,
      String status,
      String rows,
      @Nullable Integer exitCode,
      boolean needsAttention) {}

  /** A line of the table of accounts. */
  record Account(
      long id,
      String workspace,
      String runs,
      String status,
      String message,
      int run,
      String time,
      long millis) {}

  /**
   * @param windows the rate limits that make the budget; empty for none
   * @param failing the accounts that were failed or uncertain in several of the runs
   */
  public HistoryPage(
      RecordedRuns history,
      Selection selection,
      List<RateWindow> windows,
      List<FailingAccount> failing,
      Instant now) {
    this.history = history;
    this.selection = selection;
    this.windows = List.copyOf(windows);
    this.failing = List.copyOf(failing);
    this.now = now;
    LocalDate today = day(now);
    LocalDate begin = begin(today);
    LocalDate earliest = today.minusDays(MOST_DAYS - 1L);
    this.leavesOutDays = begin.isBefore(earliest);
    LocalDate first = leavesOutDays ? earliest : begin;
    this.days = first.datesUntil(today.plusDays(1)).toList();
    List<RunRecord> relied = history.reliedOn().stream().filter(run -> !isPlan(run)).toList();
    Set<Integer> numbers = relied.stream().map(RunRecord::id).collect(Collectors.toSet());
    this.countingByDay =
        byDay(selection.runs().stream().filter(run -> numbers.contains(run.id())).toList());
    boolean areReal = history.runs().stream().anyMatch(run -> !run.spec().isRehearsal());
    this.callingByDay =
        byDay(
            selection.runs().stream()
                .filter(run -> !areReal || !run.spec().isRehearsal())
                .toList());
    this.calendar =
        new NightCalendar(
            first,
            today,
            history,
            countingByDay,
            relied.stream()
                .filter(selection.isOfKind())
                .map(this::day)
                .collect(Collectors.toSet()));
  }

  private LocalDate begin(LocalDate today) {
    Stream<LocalDate> begins =
        selection.since() == null
            ? selection.runs().stream().map(this::day)
            : Stream.of(day(selection.since()));
    return begins.filter(date -> !date.isAfter(today)).min(LocalDate::compareTo).orElse(today);
  }

  private static boolean isPlan(RunRecord run) {
    return run.spec().isPlan();
  }

  private LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, zone);
  }

  private LocalDate day(RunRecord run) {
    return day(run.startedAt());
  }

  private Map<LocalDate, List<RunRecord>> byDay(List<RunRecord> runs) {
    return runs.stream()
        .collect(Collectors.groupingBy(this::day, TreeMap::new, Collectors.toList()));
  }

  @Override
  String template() {
    return "history";
  }

  @Override
  public String title() {
    return "History of runs";
  }

  public String subtitle() {
    String since =
        selection.since() == null ? "All runs" : "Runs since " + Figures.time(selection.since());
    String with =
        selection.options().isEmpty() ? "" : " with " + String.join(", ", selection.options());
    return "%s%s. As of %s.".formatted(since, with, Figures.time(now));
  }

  public String zone() {
    String name = zone.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return name.equals(zone.getId()) ? name : "%s (%s)".formatted(name, zone.getId());
  }

  public List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    cards.add(new Card("Runs", Figures.number(selection.runs().size())));
    for (Night night : calendar.legend()) {
      long nights = calendar.count(night);
      if (nights > 0 || night == Night.RAN || night == Night.MISSED) {
        cards.add(new Card("Days: " + night.words(), Figures.number(nights)));
      }
    }
    for (RowStatus status : CHARTED) {
      long rows = days.stream().mapToLong(day -> rows(day, status)).sum();
      if (rows > 0 && status != RowStatus.SKIPPED) {
        cards.add(new Card("Rows " + status, Figures.number(rows)));
      }
    }
    cards.add(new Card("Calls", Figures.number(days.stream().mapToLong(this::calls).sum())));
    return cards;
  }

  public boolean isEmpty() {
    return selection.runs().isEmpty();
  }

  public NightCalendar calendar() {
    return calendar;
  }

  /** How many days the calendar and the charts show; null if they show all days. */
  public @Nullable String onlyDays() {
    return leavesOutDays ? Figures.number(MOST_DAYS, "day") : null;
  }

  public Chart rowsChart() {
    List<Chart.Series> series = new ArrayList<>();
    for (RowStatus status : CHARTED) {
      series.add(series(status.toString(), Chart.Form.STACK, day -> rows(day, status)));
    }
    return chart("Rows by status", "rows", series);
  }

  private long rows(LocalDate day, RowStatus status) {
    return sum(countingByDay, day, run -> history.rows(run).getOrDefault(status, 0L));
  }

  public Chart callsChart() {
    List<Chart.Series> series = new ArrayList<>();
    series.add(series("calls", Chart.Form.BAR, this::calls));
    RateWindow tightest = tightest();
    if (tightest != null) {
      long budget = callsADay(tightest);
      series.add(series("budget", Chart.Form.LINE, day -> budget));
    }
    return chart("Calls", "calls", series);
  }

  private long calls(LocalDate day) {
    return sum(callingByDay, day, RunRecord::calls);
  }

  private static long sum(
      Map<LocalDate, List<RunRecord>> runsByDay, LocalDate day, ToLongFunction<RunRecord> count) {
    return runsByDay.getOrDefault(day, List.of()).stream().mapToLong(count).sum();
  }

  private Chart.Series series(String name, Chart.Form form, ToLongFunction<LocalDate> value) {
    return new Chart.Series(
        name, form, days.stream().map(day -> Long.valueOf(value.applyAsLong(day))).toList());
  }

  private Chart chart(String title, String unit, List<Chart.Series> series) {
    return new Chart(title, "Day", days.stream().map(Figures::date).toList(), unit, series);
  }

  /** The window that allows the fewest calls in a day; null if there is none. */
  private @Nullable RateWindow tightest() {
    return windows.stream()
        .min((one, other) -> Long.compare(callsADay(one), callsADay(other)))
        .orElse(null);
  }

  private static long callsADay(RateWindow window) {
    return window.calls() * Duration.ofDays(1).toSeconds() / window.length().toSeconds();
  }

  /** What the budget of a day is made of. */
  public String budget() {
    RateWindow tightest = tightest();
    return tightest == null
        ? "There are no rate limits (--rate unlimited)."
        : "The budget is what the window %s allows in 24 hours: %s. The share of --reserve is already subtracted."
            .formatted(tightest, Figures.number(callsADay(tightest), "call"));
  }

  public boolean hasFailing() {
    return !failing.isEmpty();
  }

  public List<Account> failing() {
    return failing.stream().map(HistoryPage::account).toList();
  }

  private static Account account(FailingAccount failing) {
    RowOutcome latest = failing.latest().outcome();
    Instant at = latest.finishedAt();
    return new Account(
        failing.account().id(),
        failing.account().workspace(),
        Figures.number(failing.runs()),
        latest.status().toString(),
        latest.message(),
        failing.latest().run(),
        at == null ? "" : Figures.time(at),
        at == null ? 0 : at.toEpochMilli());
  }

  /** The newest first. */
  public Iterable<Run> runs() {
    List<RunRecord> all = selection.runs();
    Iterator<Run> newestFirst =
        IntStream.rangeClosed(1, all.size())
            .mapToObj(i -> all.get(all.size() - i))
            .map(this::run)
            .iterator();
    return room()
        .fitting(
            () -> {
              if (!newestFirst.hasNext()) {
                return null;
              }
              runsShown++;
              return newestFirst.next();
            });
  }

  private Run run(RunRecord run) {
    return new Run(
        run.id(),
        Figures.time(run.startedAt()),
        run.startedAt().toEpochMilli(),
        RecordedRuns.title(run),
        run.spec().inputName(),
        run.spec().namesWorkspaces() ? run.spec().workspacesShown() : WorkspaceNames.DEFAULT,
        history.status(run),
        counts(run),
        run.exitCode(),
        !history.isOnItsWay(run) && run.status() != RunStatus.ABANDONED && !history.isSuccess(run));
  }

  private String counts(RunRecord run) {
    List<String> counts = new ArrayList<>();
    history.rows(run).forEach((status, rows) -> counts.add(Figures.number(rows) + " " + status));
    long open = history.rowsOpen(run);
    if (open > 0) {
      counts.add(Figures.number(open) + " open");
    }
    return counts.isEmpty() && run.rows() != null
        ? Figures.number(run.rows(), "row")
        : String.join(", ", counts);
  }

  /** Whether rows of the runs are for other workspaces than {@code default}. */
  public boolean hasWorkspaces() {
    return selection.runs().stream().anyMatch(run -> run.spec().namesWorkspaces());
  }

  /** The statuses of the runs, for a filter. */
  public List<String> statuses() {
    return selection.runs().stream().map(history::status).distinct().sorted().toList();
  }

  /** How many runs the page has no room for; null for none. Call after the runs are written. */
  public @Nullable String omittedRuns() {
    long omitted = selection.runs().size() - runsShown;
    return omitted == 0 ? null : Figures.number(omitted, "run");
  }
}
