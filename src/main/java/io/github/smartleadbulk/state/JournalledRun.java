package io.github.smartleadbulk.state;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.journal.DamagedJournalException;
import io.github.smartleadbulk.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the journal of a run says, read from its beginning to its end. Holds few rows: those that
 * have ended and whose lines are not written yet, and those whose call was on its way.
 */
public final class JournalledRun {

  /** The calls of the last hour at 27 a second: no plan has as many. */
  private static final int MOST_CALLS = 100_000;

  /** A call that counts against a limit. */
  record Call(Instant at, String caller) {}

  private final int id;
  private @Nullable RunSpec spec;
  private @Nullable String resultsPath;
  private Instant startedAt = Instant.EPOCH;
  private RunEnding ending = new RunEnding(RunStatus.RUNNING, null, null, Map.of());
  private @Nullable Instant endedAt;
  private int canary;
  private @Nullable Long rows;
  private long calls;
  private long rateLimited;
  private boolean hasSent;
  private WrittenLines written = WrittenLines.NONE;
  private final Map<RowStatus, Long> rowsByStatus = new EnumMap<>(RowStatus.class);
  private final TreeMap<Long, RowOutcome> endedAhead = new TreeMap<>();
  private final Map<Long, Changes> changesUnderWay = new HashMap<>();
  private final Deque<Call> latestCalls = new ArrayDeque<>();
  private @Nullable String damage;
  private boolean areCallsNew;
  private long length;

  private JournalledRun(int id) {
    this.id = id;
  }

  /** The journal of a run that no process has worked on. */
  public static JournalledRun ofNewRun(int id) {
    return new JournalledRun(id);
  }

  /**
   * Reads a journal. Where it is damaged, what stands before the damage was read, and {@link
   * #damage} says so.
   *
   * @param callsFrom up to which byte somebody has its calls already
   */
  static JournalledRun read(int id, Path path, long callsFrom) throws IOException {
    JournalledRun run = new JournalledRun(id);
    try (JournalReader reader = JournalReader.open(path, 0)) {
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
      run.damage = path + " does not say how the run began";
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
      endedAhead.headMap(written.rows(), true).clear();
    } else if (event instanceof RunEvent.Begun begun) {
      spec = begun.spec();
      resultsPath = begun.resultsPath();
      startedAt = begun.at();
    } else if (event instanceof RunEvent.Reopened reopened) {
      if (spec != null) {
        spec = spec.resumed(reopened.keyHash(), reopened.options());
      }
      resultsPath = reopened.resultsPath();
      ending = ending.runningAgain();
      endedAt = null;
    } else if (event instanceof RunEvent.RowsCounted counted) {
      rows = counted.rows();
    } else if (event instanceof RunEvent.Ended ended) {
      ending = ended.ending();
      endedAt = ended.at();
      calls = ended.calls();
      rateLimited = ended.rateLimited();
    } else if (event instanceof RunEvent.CanaryPassed passed) {
      canary = passed.rows();
    }
  }

  private void add(RunEvent.CallIntended call) {
    calls++;
    if (call.changes() != null) {
      hasSent = true;
      // What the first call found is what was there before the run.
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
    changesUnderWay.remove(outcome.row());
    if (outcome.row() > written.rows()) {
      endedAhead.put(outcome.row(), outcome);
    }
  }

  int id() {
    return id;
  }

  /** As the history has it. To be called where the journal says how the run began. */
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
        canary);
  }

  boolean hasBegun() {
    return spec != null;
  }

  /** What is wrong with the journal; null if nothing is. */
  @Nullable String damage() {
    return damage;
  }

  /** Whether a call was sent that changes an account, or was about to be. */
  boolean hasSent() {
    return hasSent;
  }

  /** How long the journal is. */
  long length() {
    return length;
  }

  /** The calls from the byte on that was given to {@link #read}. */
  Deque<Call> latestCalls() {
    return latestCalls;
  }

  /** The number of ended rows by status. Statuses without rows are left out. */
  public Map<RowStatus, Long> rowsByStatus() {
    return Collections.unmodifiableMap(rowsByStatus);
  }

  /** How far {@code results.csv} was written. Every row up to there has ended. */
  public WrittenLines written() {
    return written;
  }

  /** The outcomes of rows behind the {@link #written} ones, by row. */
  public Map<Long, RowOutcome> endedAhead() {
    return Collections.unmodifiableMap(endedAhead);
  }

  /**
   * The rows whose call was about to be sent, or was, when the process ended: the account may have
   * been changed. What was before is what it was before the first such call of the run.
   */
  public Map<Long, Changes> changesUnderWay() {
    return Collections.unmodifiableMap(changesUnderWay);
  }
}
