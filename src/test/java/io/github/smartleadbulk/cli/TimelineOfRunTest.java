package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.RunStatus;
import io.github.smartleadbulk.state.RunTimeline;
import io.github.smartleadbulk.state.RunTimeline.Bucket;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeline of a real run adds up to what the run says of itself. */
@Timeout(60)
class TimelineOfRunTest extends AgainstFakeSmartlead {

  TimelineOfRunTest() {
    super(10);
  }

  private static Stream<Bucket> buckets(RunTimeline timeline) {
    return timeline.sessions().stream().flatMap(session -> session.buckets().stream());
  }

  private static Map<String, Duration> waits(RunTimeline timeline) {
    Map<String, Duration> waitedByCause = new TreeMap<>();
    buckets(timeline)
        .forEach(
            bucket ->
                bucket
                    .waitedByCause()
                    .forEach((cause, wait) -> waitedByCause.merge(cause, wait, Duration::plus)));
    return waitedByCause;
  }

  @Test
  void totalsOfAStoppedAndResumedRunAreThoseOfItsSessions() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "1,33", "2,33", "3,33", "4,33", "5,33");
    AtomicBoolean limited = new AtomicBoolean();
    String[] update = {"update", "rows.csv", "--rate", "2/s"};
    api.script = call -> new Answer(401, "{\"message\":\"API key disabled\"}");
    assertThat(run(update).exitCode()).isNotZero();
    api.script =
        call ->
            call.isUpdate() && call.account() == 2 && limited.compareAndSet(false, true)
                ? new Answer(429, "{}")
                : null;
    assertThat(run(update).exitCode()).isZero();

    try (StateStore store = StateStore.openToRead(home.resolve("var")).orElseThrow()) {
      RunRecord run = store.runs().find(1).orElseThrow();
      RunTimeline timeline = store.timeline(1).orElseThrow();
      assertThat(timeline.sessions())
          .extracting(RunTimeline.Session::status)
          .containsExactly(RunStatus.STOPPED, RunStatus.FINISHED);
      assertThat(buckets(timeline).mapToLong(Bucket::calls).sum()).isEqualTo(run.calls());
      assertThat(buckets(timeline).mapToLong(Bucket::rateLimited).sum()).isEqualTo(1);
      assertThat(waits(timeline)).isEqualTo(run.waitedByCause()).isNotEmpty();
    }
  }
}
