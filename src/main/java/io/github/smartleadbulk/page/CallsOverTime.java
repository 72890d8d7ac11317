package io.github.smartleadbulk.page;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.state.RunTimeline;
import io.github.smartleadbulk.state.RunTimeline.Bucket;
import io.github.smartleadbulk.state.RunTimeline.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a run over time. One empty bar stands for the time between two processes.
 *
 * @param windows the rate limits to compare with; empty for none
 * @param isInProgress whether a process works on the run now
 */
record CallsOverTime(RunTimeline timeline, List<RateWindow> windows, boolean isInProgress) {

  /** More bars than this would be too thin. */
  private static final int MOST_BARS = 120;

  /** A chart has one colour more than this, for the other causes. */
  private static final int MOST_CAUSES = 6;

  private static final String OTHER_CAUSES = "other causes";
  private static final Duration LONG = Duration.ofSeconds(10);

  /**
   * A bar of the charts.
   *
   * @param name when the bar begins, or a label for the time between two processes
   */
  private record Bar(
      String name, long calls, long rateLimited, Map<String, Duration> waitedByCause) {

    static Bar between() {
      return new Bar("between two processes", 0, 0, Map.of());
    }

    Bar plus(Bucket bucket) {
      Map<String, Duration> waited = new TreeMap<>(waitedByCause);
      bucket.waitedByCause().forEach((cause, time) -> waited.merge(cause, time, Duration::plus));
      return new Bar(name, calls + bucket.calls(), rateLimited + bucket.rateLimited(), waited);
    }
  }

  /** A process that worked on the run. */
  record ShownSession(
      String begin, String time, String ended, String calls, String rateLimited, String waited) {}

  public boolean isEmpty() {
    return buckets().allMatch(bucket -> bucket.calls() == 0 && bucket.waitedByCause().isEmpty());
  }

  private Stream<Bucket> buckets() {
    return timeline.sessions().stream().flatMap(session -> session.buckets().stream());
  }

  long total() {
    return buckets().mapToLong(Bucket::calls).sum();
  }

  /** The length of a bar. */
  private Duration barLength() {
    long merged = (buckets().count() + MOST_BARS - 1) / MOST_BARS;
    return timeline.bucketLength().multipliedBy(Math.max(1, merged));
  }

  /**
   * How long a bar is, in words that follow "each". Not named {@code length}: where the template is
   * inside a text, that is the length of the text.
   */
  public String barName() {
    long seconds = barLength().toSeconds();
    if (seconds == 1) {
      return "second";
    }
    return seconds < LONG.toSeconds()
        ? seconds + " seconds"
        : seconds == 60 ? "minute" : Figures.duration(barLength());
  }

  private List<Bar> bars() {
    long length = barLength().toMillis();
    DateTimeFormatter format = format();
    List<Bar> bars = new ArrayList<>();
    for (Session session : timeline.sessions()) {
      if (!bars.isEmpty()) {
        bars.add(Bar.between());
      }
      long at = Long.MIN_VALUE;
      for (Bucket bucket : session.buckets()) {
        long start = Math.floorDiv(bucket.start().toEpochMilli(), length);
        if (start != at) {
          at = start;
          String name =
              format.format(Instant.ofEpochMilli(start * length).atZone(ZoneId.systemDefault()));
          bars.add(new Bar(name, 0, 0, Map.of()));
        }
        bars.add(bars.remove(bars.size() - 1).plus(bucket));
      }
    }
    return bars;
  }

  private DateTimeFormatter format() {
    boolean isOneDay =
        buckets()
                .map(bucket -> bucket.start().atZone(ZoneId.systemDefault()).toLocalDate())
                .distinct()
                .limit(2)
                .count()
            == 1;
    String time = barLength().toSeconds() % 60 == 0 ? "HH:mm" : "HH:mm:ss";
    return DateTimeFormatter.ofPattern(isOneDay ? time : "d MMM " + time, Locale.ENGLISH);
  }

  /** The windows in words; null if there are none. */
  public @Nullable String allowed() {
    return windows.isEmpty()
        ? null
        : String.join(", ", windows.stream().map(RateWindow::toString).toList());
  }

  /** The most calls that all windows allow in a bar if there were no calls before it. */
  private long mostInBar() {
    long length = barLength().toMillis();
    return windows.stream()
        .mapToLong(
            window -> {
              long windowLength = window.length().toMillis();
              return window.calls() * ((length + windowLength - 1) / windowLength);
            })
        .min()
        .orElse(0);
  }

  public Chart calls() {
    List<Bar> bars = bars();
    List<Chart.Series> series = new ArrayList<>();
    if (bars.stream().anyMatch(bar -> bar.rateLimited() > 0)) {
      series.add(
          stack(bars, "Not rate-limited", bar -> Math.max(0, bar.calls() - bar.rateLimited())));
      series.add(stack(bars, "Rate-limited (429)", Bar::rateLimited));
    } else {
      series.add(stack(bars, "Calls", Bar::calls));
    }
    if (!windows.isEmpty()) {
      long most = mostInBar();
      series.add(
          new Chart.Series(
              "Most that the limits allow",
              Chart.Form.LINE,
              bars.stream().map(bar -> most).toList()));
    }
    return chart("Calls in each " + barName(), "calls", bars, series);
  }

  /** How long the run waited, by cause; null if it did not wait. */
  public @Nullable Chart waits() {
    List<Bar> bars = bars();
    Map<String, Duration> totalByCause = new TreeMap<>();
    bars.forEach(
        bar ->
            bar.waitedByCause()
                .forEach((cause, time) -> totalByCause.merge(cause, time, Duration::plus)));
    if (totalByCause.isEmpty()) {
      return null;
    }
    List<String> causes =
        totalByCause.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .toList();
    List<String> shown = causes.subList(0, Math.min(MOST_CAUSES, causes.size()));
    boolean inSeconds =
        bars.stream()
            .anyMatch(
                bar ->
                    bar.waitedByCause().values().stream()
                            .reduce(Duration.ZERO, Duration::plus)
                            .compareTo(LONG)
                        > 0);
    ToLongFunction<Duration> figure =
        inSeconds ? time -> Math.round(time.toMillis() / 1000.0) : Duration::toMillis;
    List<Chart.Series> series = new ArrayList<>();
    for (String cause : shown) {
      series.add(
          stack(
              bars,
              WaitCause.words(cause),
              bar -> figure.applyAsLong(bar.waitedByCause().getOrDefault(cause, Duration.ZERO))));
    }
    if (shown.size() < causes.size()) {
      series.add(
          stack(
              bars,
              OTHER_CAUSES,
              bar ->
                  bar.waitedByCause().entrySet().stream()
                      .filter(waited -> !shown.contains(waited.getKey()))
                      .mapToLong(waited -> figure.applyAsLong(waited.getValue()))
                      .sum()));
    }
    return chart(
        "Waits in each " + barName() + (series.size() == 1 ? ": " + series.get(0).name() : ""),
        inSeconds ? "seconds waited" : "milliseconds waited",
        bars,
        series);
  }

  private static Chart.Series stack(List<Bar> bars, String name, ToLongFunction<Bar> figure) {
    return new Chart.Series(
        name, Chart.Form.STACK, bars.stream().map(figure::applyAsLong).toList());
  }

  private static Chart chart(String title, String unit, List<Bar> bars, List<Chart.Series> series) {
    return new Chart(title, "Time", bars.stream().map(Bar::name).toList(), unit, series);
  }

  /** Whether several processes worked on the run. */
  public boolean hasSessions() {
    return timeline.sessions().size() > 1;
  }

  public List<ShownSession> sessions() {
    List<Session> all = timeline.sessions();
    List<ShownSession> shown = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      shown.add(shown(all.get(i), isInProgress && i == all.size() - 1));
    }
    return shown;
  }

  private static ShownSession shown(Session session, boolean isAtWork) {
    List<Bucket> buckets = session.buckets();
    Duration waited =
        buckets.stream()
            .flatMap(bucket -> bucket.waitedByCause().values().stream())
            .reduce(Duration.ZERO, Duration::plus);
    return new ShownSession(
        Figures.time(session.begin()),
        Figures.duration(Duration.between(session.begin(), session.end())),
        session.status() != null
            ? session.status().toString()
            : isAtWork ? "in progress" : "killed",
        Figures.number(buckets.stream().mapToLong(Bucket::calls).sum()),
        Figures.number(buckets.stream().mapToLong(Bucket::rateLimited).sum()),
        waited.isZero() ? "–" : Figures.duration(waited));
  }

  /** How many earlier processes are left out; null for none. */
  public @Nullable String omitted() {
    return timeline.earlierSessions() == 0
        ? null
        : Figures.number(timeline.earlierSessions(), "earlier process", "earlier processes");
  }

  public boolean isCut() {
    return !timeline.isWhole();
  }
}
