package io.github.smartleadbulk.run;

import io.github.smartleadbulk.guard.Guards;
import io.github.smartleadbulk.guard.Share;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The guards of a run as its options spell them. They are kept with the run, so that whoever
 * resumes it is guarded in the same way.
 *
 * @param valueByOption by name of the option without its dashes; a guard that is not set is not
 *     there
 */
public record StoredGuards(Map<String, String> valueByOption) {

  public static final String MAX_CHANGES = "max-changes";
  public static final String MAX_INCREASE = "max-increase";
  public static final String MAX_FAILURES = "max-failures";
  public static final String CANARY = "canary";
  public static final String ALLOW_EMPTYING = "allow-emptying";
  public static final String ALLOW_SAME_BCC = "allow-same-bcc";
  public static final String STRICT = "strict";
  public static final String FINISH_BY = "finish-by";
  public static final String MAX_DURATION = "max-duration";
  public static final String TIME_ZONE = "time-zone";

  /** The value with which a deadline is given up. */
  public static final String NO_DEADLINE = "none";

  /** The value of a flag that is set. */
  public static final String SET = "true";

  /** Bounds of which a smaller one is stricter. */
  private static final Set<String> SHARES = Set.of(MAX_CHANGES, MAX_INCREASE, MAX_FAILURES);

  /** Bounds that are a share of the rows. */
  private static final Set<String> SHARES_OF_ROWS = Set.of(MAX_CHANGES, MAX_FAILURES);

  /** Whether another deadline lets a run do more depends on the time of day, so all others do. */
  private static final Set<String> DEADLINES = Set.of(FINISH_BY, MAX_DURATION);

  private static final Set<String> PERMISSIONS = Set.of(ALLOW_EMPTYING, ALLOW_SAME_BCC);

  private static final Set<String> NAMES =
      Set.of(
          MAX_CHANGES,
          MAX_INCREASE,
          MAX_FAILURES,
          CANARY,
          ALLOW_EMPTYING,
          ALLOW_SAME_BCC,
          STRICT,
          FINISH_BY,
          MAX_DURATION,
          TIME_ZONE);

  /** What begins the names of guards that only the rows of one workspace have. */
  private static final String OF_WORKSPACE = "workspace.";

  /** The guards that a workspace can have of its own. */
  public static final Set<String> OF_ONE_WORKSPACE =
      Set.of(MAX_CHANGES, MAX_INCREASE, MAX_FAILURES, CANARY);

  /** The option under which a run keeps which of its guards were passed: a line for each. */
  public static final String PASSED = "guards-passed";

  public StoredGuards {
    valueByOption = Map.copyOf(valueByOption);
  }

  /** The name of a guard that only the rows of one workspace have. */
  public static String ofWorkspace(String workspace, String guard) {
    return OF_WORKSPACE + workspace + "." + guard;
  }

  public static StoredGuards none() {
    return new StoredGuards(Map.of());
  }

  /** Those among the options that a run keeps. */
  public static StoredGuards among(Map<String, String> options) {
    return filtered(options, (name, value) -> NAMES.contains(name) || isOfWorkspace(name));
  }

  private static boolean isOfWorkspace(String option) {
    return option.startsWith(OF_WORKSPACE);
  }

  /** These guards without those of other workspaces. */
  StoredGuards ofWorkspaces(Collection<String> workspaces) {
    Set<String> names =
        workspaces.stream()
            .flatMap(
                workspace -> OF_ONE_WORKSPACE.stream().map(guard -> ofWorkspace(workspace, guard)))
            .collect(Collectors.toSet());
    return filtered(valueByOption, (name, value) -> !isOfWorkspace(name) || names.contains(name));
  }

  /** The guards that only the rows of one workspace have. */
  StoredGuards ofSingleWorkspaces() {
    return filtered(valueByOption, (name, value) -> isOfWorkspace(name));
  }

  /**
   * The guards for the rows of a workspace.
   *
   * @param general those for rows of workspaces that have none of their own
   */
  public Guards of(String workspace, Guards general) {
    return general.with(
        share(workspace, MAX_CHANGES, general.maxChanges()),
        share(workspace, MAX_INCREASE, general.maxIncrease()),
        share(workspace, MAX_FAILURES, general.maxFailures()),
        find(workspace, CANARY).map(Integer::parseInt).orElse(general.canary()));
  }

  private @Nullable Share share(String workspace, String guard, @Nullable Share general) {
    return find(workspace, guard).map(Share::parse).orElse(general);
  }

  /** The value that a workspace has of its own for a guard. */
  public Optional<String> find(String workspace, String guard) {
    return Optional.ofNullable(valueByOption.get(ofWorkspace(workspace, guard)));
  }

  private static StoredGuards filtered(
      Map<String, String> options, BiPredicate<String, String> condition) {
    Map<String, String> rest = new TreeMap<>(options);
    rest.entrySet().removeIf(option -> !condition.test(option.getKey(), option.getValue()));
    return new StoredGuards(rest);
  }

  static boolean isGuard(String option) {
    return NAMES.contains(option) || option.equals(PASSED) || isOfWorkspace(option);
  }

  /** These guards without those that allow something. */
  StoredGuards withoutPermissions() {
    return filtered(valueByOption, (name, value) -> !PERMISSIONS.contains(name));
  }

  /** These guards, with those of {@code others} in the place of their own. */
  public StoredGuards with(StoredGuards others) {
    Map<String, String> merged = new TreeMap<>(valueByOption);
    merged.putAll(others.valueByOption);
    return new StoredGuards(merged);
  }

  /** Those of these guards that {@code others} do not have, or have with another value. */
  StoredGuards without(StoredGuards others) {
    return filtered(valueByOption, (name, value) -> !value.equals(others.valueByOption.get(name)));
  }

  /**
   * The guards for other rows of the same kind, of which there may be few: a share of the rows
   * becomes a number, so that the new run may not do more than this one might.
   */
  StoredGuards ofRows(long rows) {
    Map<String, String> counts = new TreeMap<>(valueByOption);
    // The config file has those of workspaces.
    counts.keySet().removeIf(StoredGuards::isOfWorkspace);
    for (String name : SHARES_OF_ROWS) {
      counts.computeIfPresent(
          name,
          (same, text) -> {
            Share share = Share.parse(text);
            return share.isPercentage() ? Long.toString(rows * share.number() / 100) : text;
          });
    }
    return new StoredGuards(counts);
  }

  /** Those of these guards that would let through what {@code present} stops. */
  StoredGuards looserThan(StoredGuards present) {
    return filtered(valueByOption, (name, value) -> isLooser(name, value, present));
  }

  /** The guards that others have a value for too. */
  StoredGuards only(StoredGuards others) {
    return filtered(valueByOption, (name, value) -> others.valueByOption.containsKey(name));
  }

  private static boolean isLooser(String name, String value, StoredGuards present) {
    String before = present.valueByOption.get(name);
    if (PERMISSIONS.contains(name)) {
      return before == null;
    }
    if (before == null || before.equals(value)) {
      return false;
    }
    if (SHARES.contains(name)) {
      Share now = Share.parse(value);
      Share then = Share.parse(before);
      return now.isPercentage() != then.isPercentage() || now.number() > then.number();
    }
    return DEADLINES.contains(name)
        || (name.equals(CANARY) && Integer.parseInt(value) < Integer.parseInt(before));
  }

  /** What a run keeps of a change of its guards, beside the guards themselves. */
  Map<String, String> recorded(Map<String, String> options, Instant now) {
    if (valueByOption.isEmpty()) {
      return Map.of();
    }
    String earlier = options.getOrDefault(PASSED, "");
    String changes =
        new TreeMap<>(valueByOption)
            .entrySet().stream()
                .map(
                    guard ->
                        "%s: %s (before: %s)"
                            .formatted(
                                now.truncatedTo(ChronoUnit.SECONDS),
                                option(guard),
                                options.getOrDefault(guard.getKey(), "not set")))
                .collect(Collectors.joining("\n"));
    Map<String, String> recorded = new TreeMap<>(valueByOption);
    recorded.put(PASSED, earlier.isEmpty() ? changes : earlier + "\n" + changes);
    return recorded;
  }

  private static String option(Map.Entry<String, String> guard) {
    if (isOfWorkspace(guard.getKey())) {
      return guard.getKey() + " = " + guard.getValue();
    }
    return "--"
        + guard.getKey()
        + (guard.getValue().equals(SET) ? "" : " " + Invocation.quoted(guard.getValue()));
  }

  /** As on a command line. */
  @Override
  public String toString() {
    return new TreeMap<>(valueByOption)
        .entrySet().stream().map(StoredGuards::option).collect(Collectors.joining(" "));
  }
}
