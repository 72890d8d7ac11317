package io.github.smartleadbulk.state;

import io.github.smartleadbulk.journal.DamagedJournalException;
import io.github.smartleadbulk.journal.JournalRecord;
import io.github.smartleadbulk.journal.RecordSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the timeline of a run from its journal, in one pass. The span of the run is not known
 * beforehand, so the buckets become wider while it reads.
 */
final class TimelineReader {

  /** The most buckets of all sessions together. */
  static final int MOST_BUCKETS = 240;

  /**
   * The most sessions. A session takes at least one bucket, and two if a bucket ends in it, however
   * wide they are.
   */
  static final int MOST_SESSIONS = 60;

  /** Each length is a multiple of the one before, so a narrow bucket lies within a wide one. */
  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1));

  private final Deque<Session> sessions = new ArrayDeque<>();
  private int earlierSessions;
  private Duration length = LENGTHS.get(0);

  /** Whether the next event begins a session, because the time when it began is not on record. */
  private boolean isSessionNew;

  private long rateLimited;
  private Map<String, Duration> waitedByCause = Map.of();

  private TimelineReader() {}

  static RunTimeline read(RunJournals journals, int run) throws IOException {
    TimelineReader timeline = new TimelineReader();
    try (RecordSource reader = journals.read(run, 0)) {
      reader.forEach(timeline::add);
      return timeline.made(true);
    } catch (DamagedJournalException e) {
      return timeline.made(false);
    }
  }

  private RunTimeline made(boolean isWhole) {
    return new RunTimeline(
        length, sessions.stream().map(Session::made).toList(), earlierSessions, isWhole);
  }

  private void add(JournalRecord record) {
    // Outcomes are most of a journal and say nothing about calls.
    if (record.kind() != RunEventFormat.ROW_ENDED) {
      add(RunEventFormat.read(record));
    }
  }

  private void add(RunEvent event) {
    if (event instanceof RunEvent.Begun begun) {
      begin(begun.at());
    } else if (event instanceof RunEvent.Reopened reopened) {
      isSessionNew = true;
      if (reopened.at() != null) {
        begin(reopened.at());
      }
    } else if (event instanceof RunEvent.CallIntended call) {
      sessionAt(call.at()).addCall(call.at());
    } else if (event instanceof RunEvent.LinesWritten lines) {
      add(lines);
    } else if (event instanceof RunEvent.Ended ended) {
      add(ended);
    }
  }

  private void begin(Instant at) {
    isSessionNew = false;
    if (sessions.size() == MOST_SESSIONS) {
      sessions.removeFirst();
      earlierSessions++;
    }
    sessions.addLast(new Session(at.toEpochMilli()));
    widen();
  }

  /** The session at work, which has lasted until this time or longer. */
  private Session sessionAt(Instant at) {
    if (isSessionNew || sessions.isEmpty()) {
      begin(at);
    }
    Session session = sessions.getLast();
    if (session.lastsUntil(at.toEpochMilli())) {
      widen();
    }
    return session;
  }

  private void add(RunEvent.LinesWritten lines) {
    if (lines.at() == null) {
      Session session = isSessionNew ? null : sessions.peekLast();
      if (session != null) {
        addRateLimited(session, session.end, lines.rateLimited());
      }
      return;
    }
    Session session = sessionAt(lines.at());
    addRateLimited(session, lines.at().toEpochMilli(), lines.rateLimited());
    addWaits(session, lines.at().toEpochMilli(), lines.waitedByCause());
  }

  private void add(RunEvent.Ended ended) {
    if (ended.ending().status() == RunStatus.ABANDONED) {
      // Another process gives up the run, perhaps days later.
      return;
    }
    Session session = sessionAt(ended.at());
    addRateLimited(session, ended.at().toEpochMilli(), ended.rateLimited());
    addWaits(session, ended.at().toEpochMilli(), ended.ending().waitedByCause());
    session.status = ended.ending().status();
  }

  private void addRateLimited(Session session, long at, long total) {
    session.addRateLimited(at, Math.max(0, total - rateLimited));
    rateLimited = total;
  }

  private void addWaits(Session session, long at, Map<String, Duration> totalByCause) {
    totalByCause.forEach(
        (cause, total) ->
            session.addWait(
                at,
                cause,
                total.minus(waitedByCause.getOrDefault(cause, Duration.ZERO)).toMillis()));
    session.waitsKnownUntil = at;
    waitedByCause = totalByCause;
  }

  private void widen() {
    while (sessions.stream().mapToLong(Session::buckets).sum() > MOST_BUCKETS) {
      Duration wider = wider(length);
      long factor = wider.dividedBy(length);
      sessions.forEach(session -> session.merge(factor));
      length = wider;
    }
  }

  private static Duration wider(Duration length) {
    return LENGTHS.stream()
        .filter(next -> next.compareTo(length) > 0)
        .findFirst()
        .orElseGet(() -> length.multipliedBy(2));
  }

  /** What a bucket holds so far. */
  private static final class Sums {
    private long calls;
    private long rateLimited;
    private final Map<String, Long> waitedByCause = new TreeMap<>();

    /** The calls since rate-limited calls were last recorded. */
    private long latestCalls;

    private void add(Sums other) {
      calls += other.calls;
      rateLimited += other.rateLimited;
      other.waitedByCause.forEach((cause, waited) -> waitedByCause.merge(cause, waited, Long::sum));
      latestCalls += other.latestCalls;
    }

    private RunTimeline.Bucket at(Instant start) {
      Map<String, Duration> waited = new TreeMap<>();
      waitedByCause.forEach((cause, millis) -> waited.put(cause, Duration.ofMillis(millis)));
      return new RunTimeline.Bucket(start, calls, rateLimited, waited);
    }
  }

  /** The work of one process. Times are in milliseconds since 1970. */
  private final class Session {
    private final long begin;
    private long end;
    private @Nullable RunStatus status;
    private long waitsKnownUntil;

    /** Buckets in which something happened, by their number since 1970. */
    private TreeMap<Long, Sums> sumsByNumber = new TreeMap<>();

    private Session(long begin) {
      this.begin = begin;
      end = begin;
      waitsKnownUntil = begin;
    }

    /** Whether the time is later than all others of the session. */
    private boolean lastsUntil(long at) {
      boolean isLater = at > end;
      end = Math.max(end, at);
      return isLater;
    }

    private long number(long at) {
      return Math.floorDiv(at, length.toMillis());
    }

    private long buckets() {
      return number(end) - number(begin) + 1;
    }

    /** The bucket at a time. A clock that was set back must not lead out of the session. */
    private Sums sumsAt(long at) {
      return sumsByNumber.computeIfAbsent(number(Math.max(begin, at)), number -> new Sums());
    }

    private void addCall(Instant at) {
      Sums sums = sumsAt(at.toEpochMilli());
      sums.calls++;
      sums.latestCalls++;
    }

    private void addRateLimited(long at, long added) {
      long calls = sumsByNumber.values().stream().mapToLong(sums -> sums.latestCalls).sum();
      if (calls == 0) {
        sumsAt(at).rateLimited += added;
        return;
      }
      long callsSeen = 0;
      for (Sums sums : sumsByNumber.values()) {
        long before = share(added, callsSeen, calls);
        callsSeen += sums.latestCalls;
        sums.rateLimited += share(added, callsSeen, calls) - before;
        sums.latestCalls = 0;
      }
    }

    private void addWait(long at, String cause, long millis) {
      if (millis <= 0) {
        return;
      }
      long from = Math.max(begin, waitsKnownUntil);
      if (at <= from) {
        sumsAt(at).waitedByCause.merge(cause, millis, Long::sum);
        return;
      }
      long left = from;
      while (left < at) {
        long right = Math.min(at, (number(left) + 1) * length.toMillis());
        long part = share(millis, right - from, at - from) - share(millis, left - from, at - from);
        if (part > 0) {
          sumsAt(left).waitedByCause.merge(cause, part, Long::sum);
        }
        left = right;
      }
    }

    /** Puts the content of the buckets into wider ones: as many times wider as this factor. */
    private void merge(long factor) {
      TreeMap<Long, Sums> wider = new TreeMap<>();
      sumsByNumber.forEach(
          (number, sums) ->
              wider.computeIfAbsent(Math.floorDiv(number, factor), unused -> new Sums()).add(sums));
      sumsByNumber = wider;
    }

    private RunTimeline.Session made() {
      List<RunTimeline.Bucket> buckets = new ArrayList<>();
      for (long number = number(begin); number <= number(end); number++) {
        Instant start = Instant.ofEpochMilli(number * length.toMillis());
        buckets.add(sumsByNumber.getOrDefault(number, new Sums()).at(start));
      }
      return new RunTimeline.Session(
          Instant.ofEpochMilli(begin), Instant.ofEpochMilli(end), status, buckets);
    }
  }

  /** This part of a total, rounded so that all parts together are the total. */
  private static long share(long total, long part, long whole) {
    return Math.round((double) total * part / whole);
  }
}
