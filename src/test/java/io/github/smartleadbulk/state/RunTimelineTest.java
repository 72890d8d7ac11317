package io.github.smartleadbulk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.journal.JournalRecord;
import io.github.smartleadbulk.journal.JournalWriter;
import io.github.smartleadbulk.state.RunTimeline.Bucket;
import io.github.smartleadbulk.state.RunTimeline.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RunTimelineTest {

  private static final Instant START = Instant.parse("2026-11-23T10:15:00Z");
  private static final Changes CHANGES = new Changes(Map.of(), Map.of());

  @TempDir private Path folder;
  private StateStore store;
  private RunJournal journal;

  @BeforeEach
  void begin() {
    store = TestState.open(folder);
    RunRecord unused = store.runs().create(1, TestOutcomes.SPEC, null, START);
    journal = store.journal(1);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Instant after(double seconds) {
    return START.plusMillis((long) (seconds * 1_000));
  }

  private void call(double seconds) {
    journal.intend(after(seconds), null, 1, CHANGES, 0).join();
  }

  private void written(double seconds, long calls, long rateLimited, Map<String, Duration> waits) {
    journal.written(new WrittenLines(1, 100, 7), after(seconds), calls, rateLimited, waits);
  }

  private void ended(double seconds, RunStatus status, Map<String, Duration> waits) {
    store.runs().end(1, new RunEnding(status, 0, null, waits), after(seconds));
  }

  private void resumed(double seconds) {
    store.runs().reopen(1, List.of("k"), null, Map.of(), after(seconds));
  }

  private RunTimeline timeline() {
    return store.timeline(1).orElseThrow();
  }

  private static Session only(RunTimeline timeline) {
    assertThat(timeline.sessions()).hasSize(1);
    return timeline.sessions().get(0);
  }

  private static List<Long> calls(Session session) {
    return session.buckets().stream().map(Bucket::calls).toList();
  }

  private static long rateLimited(Session session) {
    return session.buckets().stream().mapToLong(Bucket::rateLimited).sum();
  }

  private static Duration waited(Session session, String cause) {
    return session.buckets().stream()
        .map(bucket -> bucket.waitedByCause().getOrDefault(cause, Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static long buckets(RunTimeline timeline) {
    return timeline.sessions().stream().mapToLong(session -> session.buckets().size()).sum();
  }

  @Test
  void callsCountInTheBucketOfTheirMoment() {
    journal.intendToRead(after(0.2), null, 0).join();
    call(0.9);
    call(3.5);
    ended(4, RunStatus.FINISHED, Map.of());

    assertThat(timeline().bucketLength()).isEqualTo(Duration.ofSeconds(1));
    assertThat(timeline().isWhole()).isTrue();
    Session session = only(timeline());
    assertThat(session.begin()).isEqualTo(START);
    assertThat(session.end()).isEqualTo(after(4));
    assertThat(session.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(calls(session)).containsExactly(2L, 0L, 0L, 1L, 0L);
    assertThat(session.buckets())
        .extracting(Bucket::start)
        .containsExactly(START, after(1), after(2), after(3), after(4));
  }

  @Test
  void waitIsSpreadOverTheTimeSinceWaitsWereLastRecorded() {
    written(2, 0, 0, Map.of("60/min", Duration.ofSeconds(1)));
    written(4.5, 0, 0, Map.of("60/min", Duration.ofSeconds(3), "429", Duration.ofMillis(250)));

    assertThat(only(timeline()).buckets())
        .extracting(Bucket::waitedByCause)
        .containsExactly(
            Map.of("60/min", Duration.ofMillis(500)),
            Map.of("60/min", Duration.ofMillis(500)),
            Map.of("60/min", Duration.ofMillis(800), "429", Duration.ofMillis(100)),
            Map.of("60/min", Duration.ofMillis(800), "429", Duration.ofMillis(100)),
            Map.of("60/min", Duration.ofMillis(400), "429", Duration.ofMillis(50)));
  }

  @Test
  void rateLimitedCallsAreSpreadOverTheCallsSinceTheyWereLastRecorded() {
    call(0);
    written(1, 1, 1, Map.of());
    call(2);
    call(2.5);
    call(4);
    call(4);
    written(9, 5, 3, Map.of());
    written(10, 5, 4, Map.of());

    assertThat(only(timeline()).buckets())
        .extracting(Bucket::rateLimited)
        .as("one late answer counts when it is on record")
        .containsExactly(1L, 0L, 1L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 1L);
  }

  /** No row ends in an outage, so nothing is on record for twenty minutes. */
  @Test
  void outageFillsTheBucketsOfASilence() {
    for (int second = 0; second < 10; second++) {
      call(second);
    }
    written(10, 10, 0, Map.of("60/min", Duration.ofSeconds(5)));
    written(
        1_210, 12, 0, Map.of("60/min", Duration.ofSeconds(5), "outage", Duration.ofSeconds(1_190)));
    ended(
        1_211,
        RunStatus.FINISHED,
        Map.of("60/min", Duration.ofSeconds(5), "outage", Duration.ofSeconds(1_190)));

    assertThat(timeline().bucketLength()).isEqualTo(Duration.ofSeconds(15));
    Session session = only(timeline());
    assertThat(session.buckets()).hasSize(81);
    assertThat(session.buckets().get(40).waitedByCause())
        .containsOnlyKeys("outage")
        .hasEntrySatisfying(
            "outage",
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(15)));
    assertThat(waited(session, "outage")).isEqualTo(Duration.ofSeconds(1_190));
    assertThat(waited(session, "60/min")).isEqualTo(Duration.ofSeconds(5));
    assertThat(session.buckets().get(0).calls()).isEqualTo(10);
  }

  /** Totals go on from process to process, and each session has its own part of them. */
  @Test
  void everyProcessIsASession() {
    call(1);
    written(2, 1, 1, Map.of("60/min", Duration.ofSeconds(1)));
    call(3);
    // Here the first process is killed. What it waited last is not on record.
    resumed(86_400);
    call(86_401);
    written(86_402, 3, 3, Map.of("60/min", Duration.ofSeconds(2), "429", Duration.ofSeconds(1)));
    ended(
        86_403,
        RunStatus.STOPPED,
        Map.of("60/min", Duration.ofSeconds(3), "429", Duration.ofSeconds(1)));
    resumed(172_800);

    RunTimeline timeline = timeline();
    assertThat(timeline.sessions())
        .extracting(Session::begin)
        .containsExactly(START, after(86_400), after(172_800));
    assertThat(timeline.sessions())
        .extracting(Session::end)
        .containsExactly(after(3), after(86_403), after(172_800));
    assertThat(timeline.sessions())
        .extracting(Session::status)
        .containsExactly(null, RunStatus.STOPPED, null);
    assertThat(timeline.bucketLength()).isEqualTo(Duration.ofSeconds(1));
    assertThat(timeline.sessions())
        .extracting(session -> session.buckets().size())
        .containsExactly(4, 4, 1);
    Session second = timeline.sessions().get(1);
    assertThat(calls(second)).containsExactly(0L, 1L, 0L, 0L);
    assertThat(rateLimited(second)).isEqualTo(2);
    assertThat(waited(second, "60/min")).isEqualTo(Duration.ofSeconds(2));
    assertThat(waited(second, "429")).isEqualTo(Duration.ofSeconds(1));
    assertThat(waited(timeline.sessions().get(0), "60/min")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void longRunHasWideBucketsAndLosesNothing() {
    int hours = 90 * 24;
    for (int hour = 8; hour <= hours; hour += 8) {
      call(hour * 3_600);
      written(hour * 3_600, hour / 8, hour / 8, Map.of("1/h", Duration.ofHours(hour)));
    }

    RunTimeline timeline = timeline();
    assertThat(timeline.bucketLength()).isEqualTo(Duration.ofDays(1));
    Session session = only(timeline);
    assertThat(session.buckets()).hasSize(91);
    assertThat(session.buckets().get(0).start()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(session.buckets().get(5).calls()).isEqualTo(3);
    assertThat(session.buckets().get(5).waitedByCause()).containsEntry("1/h", Duration.ofDays(1));
    assertThat(calls(session).stream().mapToLong(Long::longValue).sum()).isEqualTo(hours / 8);
    assertThat(rateLimited(session)).isEqualTo(hours / 8);
    assertThat(waited(session, "1/h")).isEqualTo(Duration.ofHours(hours));
  }

  @Test
  void manySessionsAreLimitedToTheLatest() {
    int sessions = 100;
    for (int session = 1; session < sessions; session++) {
      resumed(session * 7_000);
      call(session * 7_000);
      call(session * 7_000 + 3_000);
    }

    RunTimeline timeline = timeline();
    assertThat(timeline.sessions()).hasSize(TimelineReader.MOST_SESSIONS);
    assertThat(timeline.earlierSessions()).isEqualTo(sessions - TimelineReader.MOST_SESSIONS);
    assertThat(buckets(timeline)).isLessThanOrEqualTo(TimelineReader.MOST_BUCKETS);
    assertThat(timeline.sessions())
        .allSatisfy(
            session ->
                assertThat(calls(session).stream().mapToLong(Long::longValue).sum()).isEqualTo(2));
  }

  /** A wrong clock at the start: the span of the run is more than fifty years. */
  @Test
  void leapOfTheClockTakesNoMoreBuckets() {
    call(1);
    call(60L * 365 * 86_400);

    assertThat(buckets(timeline())).isLessThanOrEqualTo(TimelineReader.MOST_BUCKETS);
    assertThat(calls(only(timeline())).stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
  }

  @Test
  void clockThatWasSetBackStaysInTheSession() {
    call(10);
    written(11, 1, 0, Map.of("60/min", Duration.ofSeconds(1)));
    call(-3_600);
    written(-3_600, 2, 1, Map.of("60/min", Duration.ofSeconds(2)));

    Session session = only(timeline());
    assertThat(session.begin()).isEqualTo(START);
    assertThat(session.end()).isEqualTo(after(11));
    assertThat(calls(session).stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
    assertThat(rateLimited(session)).isEqualTo(1);
    assertThat(waited(session, "60/min")).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void runThatIsGivenUpLaterHasEndedBefore() {
    call(1);
    ended(86_400, RunStatus.ABANDONED, Map.of());

    assertThat(only(timeline()).end()).isEqualTo(after(1));
    assertThat(only(timeline()).status()).isNull();
  }

  @Test
  void runInProgressIsReadByOthers() {
    call(1);
    try (StateStore reader = TestState.openToRead(folder).orElseThrow()) {
      call(2);
      assertThat(calls(only(reader.timeline(1).orElseThrow()))).containsExactly(0L, 1L, 1L);
    }
  }

  @Test
  void runWithoutAJournalHasNoTimeline() {
    assertThat(store.timeline(2)).isEmpty();
  }

  @Test
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "the journal is no file")
  void tornEndIsLeftOut() throws IOException {
    call(1);
    call(2);
    Path torn = journalFile();
    store.close();
    Files.write(torn, new byte[] {0x53, 0x4C, 0x42, 0x46, 0, 0}, StandardOpenOption.APPEND);

    try (StateStore reader = TestState.openToRead(folder).orElseThrow()) {
      RunTimeline timeline = reader.timeline(1).orElseThrow();
      assertThat(timeline.isWhole()).isTrue();
      assertThat(calls(only(timeline))).containsExactly(0L, 1L, 1L);
    }
    store = TestState.open(folder);
  }

  @Test
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "the journal is no file")
  void damagedJournalIsReadUpToTheDamage() throws IOException {
    call(1);
    long intact = Files.size(journalFile());
    call(2);
    call(3);
    try (FileChannel file = FileChannel.open(journalFile(), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), intact + 20);
    }

    assertThat(timeline().isWhole()).isFalse();
    assertThat(calls(only(timeline()))).containsExactly(0L, 1L);
  }

  /** Earlier versions recorded neither when lines were written nor when a run was resumed. */
  @Test
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "the journal is no file")
  void journalOfAnEarlierVersionIsRead() throws IOException {
    call(1);
    store.close();
    append(RunEventFormatTest.oldLinesWritten(1, 1, 1));
    append(RunEventFormatTest.oldReopened("k"));
    append(RunEventFormatTest.oldLinesWritten(1, 1, 1));
    store = TestState.open(folder);
    journal = store.journal(1);
    call(100);
    store.close();
    append(RunEventFormatTest.oldLinesWritten(2, 2, 2));
    store = TestState.open(folder);
    ended(102, RunStatus.FINISHED, Map.of("60/min", Duration.ofSeconds(2)));

    List<Session> sessions = timeline().sessions();
    assertThat(sessions).extracting(Session::begin).containsExactly(START, after(100));
    assertThat(sessions).extracting(Session::end).containsExactly(after(1), after(102));
    assertThat(sessions).extracting(RunTimelineTest::rateLimited).containsExactly(1L, 1L);
    assertThat(waited(sessions.get(1), "60/min")).isEqualTo(Duration.ofSeconds(2));
  }

  private Path journalFile() {
    return store.runFolder(1).resolve("journal");
  }

  private void append(JournalRecord record) throws IOException {
    try (JournalWriter writer = JournalWriter.append(journalFile())) {
      writer.append(record).join();
    }
  }
}
