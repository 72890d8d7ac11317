package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.cli.process.StandardError;
import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.guard.Share;
import io.github.smartleadbulk.run.StoredGuards;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The guards and deadlines of a run. */
@Under(Heading.GUARDS)
public final class GuardOptions {

  /** If a time of day is further away than this, it has just passed. */
  private static final Duration LONG_NIGHT = Duration.ofHours(16);

  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  @Option(
      names = "--max-changes",
      paramLabel = "N|P%",
      description =
          "Stop before anything is sent if more accounts than this would change. P%% is a share of the rows.")
  @Nullable String maxChanges;

  @Option(
      names = "--max-increase",
      paramLabel = "N|P%",
      description =
          "Stop before anything is sent if a daily limit would rise by more than this. P%% is a share of the present limit.")
  @Nullable String maxIncrease;

  @Option(
      names = "--max-failures",
      paramLabel = "N|P%",
      description =
          "Stop when more rows than this are failed or uncertain. P%% is a share of the rows.")
  @Nullable String maxFailures;

  @Option(
      names = "--canary",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Send N rows first, read their accounts back, and send the rest only if they match (default: 0, no canary).")
  int canary;

  @Option(
      names = "--strict",
      description = "Send nothing if a row is invalid or the input causes a warning.")
  public boolean strict;

  @Option(
      names = "--allow-emptying",
      description =
          "Allow a run that empties the signatures of more than two accounts and more than 10%% of the rows.")
  boolean allowEmptying;

  @Option(
      names = "--allow-same-bcc",
      description = "Allow a run that gives all changed accounts the same BCC address.")
  boolean allowSameBcc;

  @Under(Heading.UNATTENDED)
  @Option(
      names = "--finish-by",
      paramLabel = "HH:MM",
      description =
          "Stop in time to finish by HH:MM (exit 5; resume later). With 'resume', none removes the run's deadline.")
  public @Nullable String finishBy;

  @Under(Heading.UNATTENDED)
  @Option(
      names = "--max-duration",
      paramLabel = "DURATION",
      description =
          "Stop in time to finish this long after the start, even if the system clock is changed (exit 5; resume later). With 'resume', none removes the run's limit.")
  @Nullable String maxDuration;

  /**
   * When the command started. Deadlines count from here, so they include the time that the command
   * waits for the state folder.
   */
  private @Nullable Instant startedAt;

  private long startNanos;

  /** Set by commands whose input depends on the date. */
  public Guards.Day day = Guards.Day.KEPT;

  @Under(Heading.UNATTENDED)
  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "Time zone of days and times, such as Europe/Berlin (default: the system's).")
  public @Nullable String timeZone;

  /**
   * The guards that are set, on the command line or in the config file, as a run keeps them.
   *
   * @param isOnCommandLine says so of an option by its name with dashes
   */
  public StoredGuards stored(Predicate<String> isOnCommandLine) {
    Map<String, String> valueByOption = new TreeMap<>();
    put(valueByOption, StoredGuards.MAX_CHANGES, maxChanges);
    put(valueByOption, StoredGuards.MAX_INCREASE, maxIncrease);
    put(valueByOption, StoredGuards.MAX_FAILURES, maxFailures);
    put(valueByOption, StoredGuards.FINISH_BY, finishBy);
    put(valueByOption, StoredGuards.MAX_DURATION, maxDuration);
    put(valueByOption, StoredGuards.TIME_ZONE, timeZone);
    put(valueByOption, StoredGuards.STRICT, strict ? StoredGuards.SET : null);
    put(valueByOption, StoredGuards.ALLOW_EMPTYING, allowEmptying ? StoredGuards.SET : null);
    put(valueByOption, StoredGuards.ALLOW_SAME_BCC, allowSameBcc ? StoredGuards.SET : null);
    boolean hasCanary = canary > 0 || isOnCommandLine.test("--" + StoredGuards.CANARY);
    put(valueByOption, StoredGuards.CANARY, hasCanary ? Integer.toString(canary) : null);
    return new StoredGuards(valueByOption);
  }

  private static void put(Map<String, String> valueByOption, String name, @Nullable String value) {
    if (value != null) {
      valueByOption.put(name, value.strip());
    }
  }

  /** Takes the guards of a run in the place of those of the command line. */
  public void adopt(StoredGuards guards) {
    Map<String, String> valueByOption = guards.valueByOption();
    maxChanges = valueByOption.get(StoredGuards.MAX_CHANGES);
    maxIncrease = valueByOption.get(StoredGuards.MAX_INCREASE);
    maxFailures = valueByOption.get(StoredGuards.MAX_FAILURES);
    finishBy = valueByOption.get(StoredGuards.FINISH_BY);
    maxDuration = valueByOption.get(StoredGuards.MAX_DURATION);
    timeZone = valueByOption.get(StoredGuards.TIME_ZONE);
    strict = valueByOption.containsKey(StoredGuards.STRICT);
    allowEmptying = valueByOption.containsKey(StoredGuards.ALLOW_EMPTYING);
    allowSameBcc = valueByOption.containsKey(StoredGuards.ALLOW_SAME_BCC);
    canary = Integer.parseInt(valueByOption.getOrDefault(StoredGuards.CANARY, "0"));
  }

  /**
   * Refuses values that no guard can have.
   *
   * @throws UsageException if there is one
   */
  public void check() {
    try {
      checkCanary(canary);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--canary: " + e.getMessage());
    }
    share("--max-changes", maxChanges);
    share("--max-increase", maxIncrease);
    share("--max-failures", maxFailures);
    String time = timeOfDeadline();
    if (time != null) {
      time(time);
    }
    maxDuration();
    zone();
  }

  static void checkCanary(int canary) {
    if (canary < 0) {
      throw new IllegalArgumentException("found " + canary + ", expected 0 or more");
    }
  }

  private @Nullable String timeOfDeadline() {
    return StoredGuards.NO_DEADLINE.equals(finishBy) ? null : finishBy;
  }

  private @Nullable Duration maxDuration() {
    if (maxDuration == null || maxDuration.equals(StoredGuards.NO_DEADLINE)) {
      return null;
    }
    try {
      return Durations.parse(maxDuration);
    } catch (TypeConversionException e) {
      throw new UsageException("--max-duration: " + e.getMessage());
    }
  }

  /**
   * Call when the command starts.
   *
   * @param since when its time began; null for now
   */
  public void start(Clock clock, @Nullable Instant since) {
    Instant now = clock.instant();
    startedAt = since == null ? now : since;
    startNanos = System.nanoTime() - Duration.between(startedAt, now).toNanos();
  }

  /** The time until the first deadline; empty if there is no deadline. */
  public Optional<Duration> untilDeadline(Clock clock) {
    Instant end = finishBy(clock);
    return Stream.of(
            Optional.ofNullable(durationLeft()),
            Optional.ofNullable(end).map(time -> Duration.between(clock.instant(), time)))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private @Nullable Duration durationLeft() {
    Duration duration = maxDuration();
    return duration == null || startedAt == null
        ? duration
        : duration.minusNanos(System.nanoTime() - startNanos);
  }

  private @Nullable Instant finishBy(Clock clock) {
    String time = timeOfDeadline();
    return time == null
        ? null
        : next(time, startedAt == null ? clock.instant() : startedAt, zone());
  }

  /**
   * The guards of a run that starts now.
   *
   * @throws UsageException if a value is not allowed
   */
  public Guards guards(Clock clock) {
    return new Guards(
        share("--max-changes", maxChanges),
        share("--max-increase", maxIncrease),
        share("--max-failures", maxFailures),
        canary,
        allowEmptying,
        allowSameBcc,
        finishBy(clock),
        durationLeft(),
        day);
  }

  private static @Nullable Share share(String option, @Nullable String text) {
    try {
      return text == null ? null : Share.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  /** The next moment at which the clock shows this time. */
  private static Instant next(String text, Instant now, ZoneId zone) {
    LocalTime time = time(text);
    for (LocalDate day = LocalDate.ofInstant(now, zone); ; day = day.plusDays(1)) {
      for (Instant moment : moments(day.atTime(time), zone)) {
        if (moment.isAfter(now)) {
          return moment;
        }
      }
    }
  }

  /**
   * The moments at which the clock shows this time: two if the clock is set back, and the first
   * moment after the gap if the clock skips this time.
   */
  private static List<Instant> moments(LocalDateTime time, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
    return offsets.isEmpty()
        ? List.of(zone.getRules().getTransition(time).getInstant())
        : offsets.stream().map(time::toInstant).sorted().toList();
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "--finish-by: found " + Cells.shown(text) + ", expected a time such as 06:00");
    }
  }

  /**
   * If the time of {@code --finish-by} has just passed, says that it means tomorrow.
   *
   * @param asks whether somebody is there to be asked
   * @throws UsageException if the user did not mean tomorrow
   */
  public void tellDeadline(ProcessEnvironment environment, StandardError messages, boolean asks) {
    String time = timeOfDeadline();
    if (time == null) {
      return;
    }
    zoneWarning(environment).ifPresent(messages::warning);
    Instant now = environment.clock().instant();
    Instant deadline = next(time, now, zone());
    if (Duration.between(now, deadline).compareTo(LONG_NIGHT) < 0) {
      return;
    }
    messages.warning(
        "--finish-by %s means %s (%s): this time has passed today"
            .formatted(finishBy, deadline.atZone(zone()).format(DAY_AND_TIME), zone()));
    if (asks && !environment.agrees("Start now? [y/N] ")) {
      throw new UsageException("--finish-by " + finishBy + " has passed today. Nothing was sent.");
    }
  }

  /** Warns of an unknown time zone, which Java silently treats as GMT. */
  public Optional<String> zoneWarning(ProcessEnvironment environment) {
    String variable = environment.variables().getOrDefault("TZ", "").replaceFirst("^:", "");
    if (timeZone != null || variable.isBlank() || variable.startsWith("/") || isZone(variable)) {
      return Optional.empty();
    }
    return Optional.of(
        "the variable TZ names no time zone (%s). Times and days are those of %s; to choose"
                .formatted(Cells.shown(variable), ZoneId.systemDefault())
            + " others, add --time-zone");
  }

  private static boolean isZone(String name) {
    return Arrays.asList(TimeZone.getAvailableIDs()).contains(name);
  }

  public ZoneId zone() {
    try {
      return timeZone == null ? ZoneId.systemDefault() : ZoneId.of(timeZone.strip());
    } catch (DateTimeException e) {
      throw new UsageException(
          "--time-zone: found "
              + Cells.shown(String.valueOf(timeZone))
              + ", expected a time zone such as Europe/Berlin or UTC");
    }
  }
}
