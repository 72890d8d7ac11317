package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.journal.DamagedJournalException;
import io.github.smartleadbulk.journal.RecordSource;
import io.github.smartleadbulk.state.RunRecord.WorkspaceTotals;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the journal of a run says, from beginning to end. It holds few rows: ended rows whose lines
 * are not written yet, and rows whose call was under way.
 */
public final class JournalledRun {

  /** The calls of an hour at 27 a second. No SmartLead plan allows so many. */
  private static final int MOST_CALLS = 100_000;

  /**
   * How many outcomes to keep whose lines are not written. There are more if a workspace held up
   * the lines of others.
   */
  private static final int MOST_AHEAD = 20_000;

  /** A call that counts against a limit. */
  record Call(Instant at, String caller) {}

  private final int id;
  private @Nullable RunSpec spec;
  private @Nullable String resultsPath;
  private Instant startedAt = Instant.EPOCH;
  private RunEnding ending = new RunEnding(RunStatus.RUNNING, null, null, Map.of());
  private @Nullable Instant endedAt;
  private final Map<Integer, WorkspaceTotals> totalsByWorkspace = new TreeMap<>();
  private @Nullable Long rows;
  private long calls;
  private long rateLimited;
  private boolean hasSent;
  private WrittenLines written = WrittenLines.NONE;
  private final Map<RowStatus, Long> rowsByStatus = new EnumMap<>(RowStatus.class);
  private final Map<String, Map<RowStatus, Long>> rowsByStatusByWorkspace = new HashMap<>();
  private final BitSet endedRows = new BitSet();
  private final TreeMap<Long, RowOutcome> endedAhead = new TreeMap<>();
  private final Map<Long, Changes> changesUnderWay = new HashMap<>();
  private final Deque<Call> latestCalls = new ArrayDeque<>();
  private @Nullable String damage;
  private boolean areCallsNew;
  private long length;

  private JournalledRun(int id) {
    this.id = id;
  }

  /** The journal of a run that no process has worked on yet. */
  public static JournalledRun ofNewRun(int id) {
    return new JournalledRun(id);
  }

  /**
   * Reads a journal. If it is damaged, the result holds what precedes the damage, and {@link
   * #damage} describes the damage.
   *
   * @param callsFrom the position in the journal up to which its calls are already known
   */
  static JournalledRun read(int id, RunJournals journals, long callsFrom) throws IOException {
    JournalledRun run = new JournalledRun(id);
    try (RecordSource reader = journals.read(id, 0)) {
      reader.forEach(
          record -> {
            run.areCallsNew = reader.position() > callsFrom;
            run.add(RunEventFormat.read(record));
          });
      run.length = reader.position();
    } catch (DamagedJournalException e) {
      run.damage = e.getMessage();
    }
    if (run.spec == null && run.damage == null) {
      run.damage = "the journal of run " + id + " does not say how the run began";
    }
    return run;
  }

  private void add(RunEvent event) {
    if (event instanceof RunEvent.CallIntended call) {
      add(call);
    } else if (event instanceof RunEvent.RowEnded ended) {
      add(ended.outcome());
    } else if (event instanceof RunEvent.LinesWritten lines) {
      written = lines.lines();
      calls = lines.calls();
      rateLimited = lines.rateLimited();
      if (lines.at() != null) {
        ending = ending.waited(lines.waitedByCause());
      }
      endedAhead.headMap(written.rows(), true).clear();
    } else if (event instanceof RunEvent.Begun begun) {
      spec = begun.spec();
      resultsPath = begun.resultsPath();
      startedAt = begun.at();
    } else if (event instanceof RunEvent.Reopened reopened) {
      if (spec != null) {
        spec = spec.resumed(reopened.keyHashes(), reopened.options());
      }
      resultsPath = reopened.resultsPath();
      ending = ending.runningAgain();
      endedAt = null;
      totalsByWorkspace.replaceAll((workspace, totals) -> totals.runningAgain());
    } else if (event instanceof RunEvent.RowsCounted counted) {
      rows = counted.rows();
      for (int place = 0; place < counted.rowsByWorkspace().size(); place++) {
        long ofWorkspace = counted.rowsByWorkspace().get(place);
        count(place, totals -> totals.withRows(ofWorkspace));
      }
    } else if (event instanceof RunEvent.Ended ended) {
      ending = ended.ending();
      endedAt = ended.at();
      calls = ended.calls();
      rateLimited = ended.rateLimited();
    } else if (event instanceof RunEvent.CanaryPassed passed) {
      count(passed.workspace(), totals -> totals.withCanary(passed.rows()));
    } else if (event instanceof RunEvent.WorkspaceEnded workspace) {
      // The journal has the number of rows once, in the event that they were counted.
      count(workspace.workspace(), before -> workspace.totals().withRows(before.rows()));
    }
  }

  private void count(int workspace, UnaryOperator<WorkspaceTotals> change) {
    totalsByWorkspace.put(
        workspace, change.apply(totalsByWorkspace.getOrDefault(workspace, WorkspaceTotals.NONE)));
  }

  private void add(RunEvent.CallIntended call) {
    calls++;
    count(call.workspace(), WorkspaceTotals::withCall);
    if (call.changes() != null) {
      hasSent = true;
      // The first call knows the values from before the run.
      changesUnderWay.putIfAbsent(call.row(), call.changes());
    }
    if (call.caller() != null && areCallsNew) {
      latestCalls.add(new Call(call.at(), call.caller()));
      if (latestCalls.size() > MOST_CALLS) {
        latestCalls.remove();
      }
    }
  }

  private void add(RowOutcome outcome) {
    rowsByStatus.merge(outcome.status(), 1L, Long::sum);
    rowsByStatusByWorkspace
        .computeIfAbsent(outcome.workspace(), workspace -> new EnumMap<>(RowStatus.class))
        .merge(outcome.status(), 1L, Long::sum);
    changesUnderWay.remove(outcome.row());
    if (outcome.row() > written.rows()) {
      endedRows.set(Math.toIntExact(outcome.row()));
      if (endedAhead.size() < MOST_AHEAD) {
        endedAhead.put(outcome.row(), outcome);
      }
    }
  }

  int id() {
    return id;
  }

  /** The run for the history. Call only if the run {@linkplain #hasBegun has begun}. */
  RunRecord record() {
    RunSpec begun = Objects.requireNonNull(spec);
    return new RunRecord(
        id,
        begun,
        damage == null || !ending.status().isResumable() ? ending.status() : RunStatus.DAMAGED,
        ending.exitCode(),
        startedAt,
        endedAt,
        rows,
        resultsPath,
        calls,
        rateLimited,
        ending.stopped(),
        ending.waitedByCause(),
        totalsByWorkspace.values().stream().mapToInt(WorkspaceTotals::canary).sum());
  }

  /** What the run has done in its workspaces, by their places; nothing is left out. */
  Map<Integer, WorkspaceTotals> totalsByWorkspace() {
    return totalsByWorkspace;
  }

  boolean hasBegun() {
    return spec != null;
  }

  /** What is wrong with the journal; null if it is intact. */
  @Nullable String damage() {
    return damage;
  }

  /** Whether a call that changes an account was sent or about to be sent. */
  boolean hasSent() {
    return hasSent;
  }

  /** The position in the journal behind the last record that was read. */
  long length() {
    return length;
  }

  /** The calls after the position given to {@link #read}. */
  Deque<Call> latestCalls() {
    return latestCalls;
  }

  /** The number of ended rows by status. Statuses without rows are left out. */
  public Map<RowStatus, Long> rowsByStatus() {
    return Collections.unmodifiableMap(rowsByStatus);
  }

  /** The same for each workspace, by its name. Workspaces without ended rows are left out. */
  public Map<String, Map<RowStatus, Long>> rowsByStatusByWorkspace() {
    return Collections.unmodifiableMap(rowsByStatusByWorkspace);
  }

  /** How far {@code results.csv} was written. Every row before that point has ended. */
  public WrittenLines written() {
    return written;
  }

  /** Whether the outcome of a row is on record. */
  public boolean isEnded(long row) {
    return row <= written.rows() || endedRows.get(Math.toIntExact(row));
  }

  /** The rows after the {@link #written} ones whose outcomes are on record. */
  public BitSet endedRows() {
    return (BitSet) endedRows.clone();
  }

  /** Outcomes of rows after the {@link #written} ones, by row; if there are very many, not all. */
  public Map<Long, RowOutcome> endedAhead() {
    return Collections.unmodifiableMap(endedAhead);
  }

  /**
   * The rows whose call was sent or about to be sent when the process ended. Their accounts may
   * have changed. The values before are those from before the run's first such call.
   */
  public Map<Long, Changes> changesUnderWay() {
    return Collections.unmodifiableMap(changesUnderWay);
  }
}
