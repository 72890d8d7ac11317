package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.RowStatus;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows that have a recorded outcome, and the calls that rows still need. Thread-safe.
 */
public final class RunProgress {

  private final Map<RowStatus, LongAdder> rowsByStatus = new EnumMap<>(RowStatus.class);
  private final Map<String, Map<RowStatus, LongAdder>> endedByWorkspace = new ConcurrentHashMap<>();
  private volatile long rows = -1;
  private volatile Map<String, Long> rowsByWorkspace = Map.of();
  private final long doneBefore;
  private final Map<String, Long> accountsReadByWorkspace = new ConcurrentHashMap<>();
  private volatile @Nullable PlanTotals plan;
  private volatile boolean asking;
  private final Map<String, LongAdder> sentByWorkspace = new ConcurrentHashMap<>();
  private volatile boolean sending;
  private volatile Count needed = new Count(0, Map.of());

  /**
   * How many of the rows that were open when this process started need a call.
   *
   * @param rows the rows that were looked at
   * @param callsByWorkspace how many of them need a call
   */
  private record Count(long rows, Map<String, Long> callsByWorkspace) {}

  /**
   * @param alreadyEnded number of rows that ended in earlier processes of the run, by status, by
   *     workspace
   */
  public RunProgress(Map<String, Map<RowStatus, Long>> alreadyEnded) {
    rowsByStatus.putAll(counters());
    alreadyEnded.forEach(
        (workspace, counts) ->
            counts.forEach(
                (status, count) -> {
                  counter(status).add(count);
                  counter(workspace, status).add(count);
                }));
    doneBefore = done();
  }

  private static Map<RowStatus, LongAdder> counters() {
    Map<RowStatus, LongAdder> counters = new EnumMap<>(RowStatus.class);
    Arrays.stream(RowStatus.values()).forEach(status -> counters.put(status, new LongAdder()));
    return counters;
  }

  /**
   * The rows of the input were counted.
   *
   * @param ofWorkspaces the number of rows by workspace; may lack workspaces
   */
  public void inspected(long rowsOfInput, Map<String, Long> ofWorkspaces) {
    rowsByWorkspace = Map.copyOf(ofWorkspaces);
    rows = rowsOfInput;
  }

  /** The number of ended rows by status. Statuses without rows are left out. */
  public Map<RowStatus, Long> rowsByStatus() {
    return sums(rowsByStatus);
  }

  /** The number of a workspace's ended rows by status. Statuses without rows are left out. */
  public Map<RowStatus, Long> rowsByStatus(String workspace) {
    return sums(endedByWorkspace.getOrDefault(workspace, Map.of()));
  }

  private static Map<RowStatus, Long> sums(Map<RowStatus, LongAdder> counters) {
    Map<RowStatus, Long> counts = new EnumMap<>(RowStatus.class);
    counters.forEach(
        (status, count) -> {
          if (count.sum() > 0) {
            counts.put(status, count.sum());
          }
        });
    return counts;
  }

  /** Of the list of a workspace, so many accounts have been read. */
  public void accountsRead(String workspace, long accounts) {
    accountsReadByWorkspace.put(workspace, accounts);
  }

  /** The number of accounts that the run has read so far, to compare rows with them. */
  public long accountsRead() {
    return accountsReadByWorkspace.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The number of accounts of a workspace that the run has read so far. */
  public long accountsRead(String workspace) {
    return accountsReadByWorkspace.getOrDefault(workspace, 0L);
  }

  public void planned(PlanTotals totals) {
    plan = totals;
  }

  /** The totals of a plan; null until the plan is made, and for other runs. */
  @Nullable
  public PlanTotals plan() {
    return plan;
  }

  public void asking(boolean nowAsking) {
    asking = nowAsking;
  }

  /** Whether the run waits for the user's answer. */
  public boolean isAsking() {
    return asking;
  }

  /** A row of a workspace is on record. */
  public void ended(String workspace, RowStatus status) {
    counter(status).increment();
    counter(workspace, status).increment();
  }

  /** From now on, rows are sent. */
  public void sending() {
    sending = true;
  }

  /** Whether rows are sent, so that the accounts have been read. */
  public boolean isSending() {
    return sending;
  }

  /** A row of a workspace that needed a call needs no more. */
  public void sent(String workspace) {
    sentByWorkspace.computeIfAbsent(workspace, name -> new LongAdder()).increment();
  }

  /** Of these rows that were open at the start, so many need a call. */
  public void needed(long rowsSeen, Map<String, Long> callsByWorkspace) {
    needed = new Count(rowsSeen, Map.copyOf(callsByWorkspace));
  }

  /** All rows that were open at the start were looked at, and so many need a call. */
  public void needed(Map<String, Long> callsByWorkspace) {
    needed(Long.MAX_VALUE, callsByWorkspace);
  }

  /** Whether {@link #callsNeeded} is known and not only estimated. */
  public boolean isCounted() {
    return needed.rows() == Long.MAX_VALUE;
  }

  /**
   * The number of rows that still need a call, by workspace. While rows are looked at, those that
   * are left are taken to be like those that were seen. Empty if none were seen yet.
   */
  public Optional<Map<String, Long>> callsNeeded() {
    Count count = needed;
    if (count.rows() == 0) {
      return Optional.empty();
    }
    boolean isComplete = count.rows() == Long.MAX_VALUE;
    long unseen = isComplete ? 0 : Math.max(0, rows - doneBefore - count.rows());
    double ratio = unseen == 0 ? 1 : 1 + (double) unseen / count.rows();
    Map<String, Long> left = new TreeMap<>();
    count
        .callsByWorkspace()
        .forEach(
            (workspace, calls) -> {
              LongAdder sent = sentByWorkspace.get(workspace);
              left.put(
                  workspace,
                  Math.max(0, Math.round(ratio * calls) - (sent == null ? 0 : sent.sum())));
            });
    return Optional.of(left);
  }

  private LongAdder counter(RowStatus status) {
    return Objects.requireNonNull(rowsByStatus.get(status));
  }

  private LongAdder counter(String workspace, RowStatus status) {
    return Objects.requireNonNull(
        endedByWorkspace.computeIfAbsent(workspace, name -> counters()).get(status));
  }

  /** The number of rows in the input; -1 until they are counted. */
  public long rows() {
    return rows;
  }

  /** The number of rows that are for a workspace; -1 until they are counted. */
  public long rows(String workspace) {
    return rowsByWorkspace.getOrDefault(workspace, -1L);
  }

  /** The number of rows that have ended, including those of earlier processes. */
  public long done() {
    return sum(rowsByStatus);
  }

  /** The number of a workspace's rows that have ended, including those of earlier processes. */
  public long done(String workspace) {
    return sum(endedByWorkspace.getOrDefault(workspace, Map.of()));
  }

  private static long sum(Map<RowStatus, LongAdder> counters) {
    return counters.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** The number of rows that have ended in this process. */
  public long doneNow() {
    return done() - doneBefore;
  }

  public long count(RowStatus status) {
    return counter(status).sum();
  }
}
