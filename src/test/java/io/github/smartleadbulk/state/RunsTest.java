package io.github.smartleadbulk.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunsTest {

  private static final Instant START = Instant.parse("2026-11-23T10:15:30.123Z");

  @TempDir private Path folder;
  private StateStore store;
  private Runs runs;

  @BeforeEach
  void open() {
    store = TestState.open(folder);
    runs = store.runs();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static RunSpec spec(String content, String path, String target, String key) {
    return new RunSpec(
        "update",
        "näme.csv",
        path,
        content.repeat(64),
        target,
        key,
        Map.of("delimiter", ";", "ignore-columns", ""),
        null);
  }

  private static final RunSpec SPEC = spec("a", "/a.csv", "sandbox", "k");

  private int create(RunSpec spec) {
    return runs.create(store.nextNumber(), spec, null, START).id();
  }

  @Test
  void runsAreNumberedFromOne() {
    assertThat(create(SPEC)).isEqualTo(1);
    assertThat(create(SPEC)).isEqualTo(2);
    assertThat(runs.all()).extracting(RunRecord::id).containsExactly(1, 2);
  }

  @Test
  void newRunIsRunningAndKnowsNothingYet() {
    assertThat(runs.create(1, SPEC, "/r.csv", START))
        .isEqualTo(
            new RunRecord(
                1,
                SPEC,
                RunStatus.RUNNING,
                null,
                START,
                null,
                null,
                "/r.csv",
                0,
                0,
                null,
                Map.of(),
                0))
        .isEqualTo(runs.find(1).orElseThrow());
    assertThat(runs.find(2)).isEmpty();
  }

  @Test
  void numberIsGivenOnce() {
    runs.create(1, SPEC, null, START);

    assertThatThrownBy(() -> runs.create(1, SPEC, null, START))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("run 1 already exists");
    assertThat(runs.find(1)).isPresent();
  }

  @Test
  void whatHappensToARunIsKept() {
    create(SPEC);
    create(SPEC);
    runs.setRows(1, 5, List.of());
    runs.setCalls(1, 7, 2);
    runs.canaryPassed(1, 0, 3);
    RunEnding ending =
        new RunEnding(
            RunStatus.STOPPED, 143, "stopped", Map.of("60/min", Duration.ofMillis(1_500)));
    runs.end(1, ending, START.plusMillis(1));
    assertThat(runs.find(1))
        .contains(
            new RunRecord(
                1,
                SPEC,
                RunStatus.STOPPED,
                143,
                START,
                START.plusMillis(1),
                5L,
                null,
                7,
                2,
                "stopped",
                ending.waitedByCause(),
                3));

    runs.reopen(1, List.of("other"), "/elsewhere.csv", Map.of("max-changes", "7"), START);
    assertThat(runs.find(1))
        .contains(
            new RunRecord(
                1,
                SPEC.resumed(List.of("other"), Map.of("max-changes", "7")),
                RunStatus.RUNNING,
                143,
                START,
                null,
                5L,
                "/elsewhere.csv",
                7,
                2,
                null,
                ending.waitedByCause(),
                3));
    assertThat(runs.find(2).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void newestOfAContentIsOfTheSameTargetAndKey() {
    create(SPEC);
    create(spec("a", "/b.csv", "sandbox", "k"));
    create(spec("b", "/a.csv", "sandbox", "k"));
    create(spec("a", "/a.csv", "https://x", "k"));
    create(spec("a", "/a.csv", "sandbox", "l"));

    assertThat(runs.findNewestOfContent(SPEC)).map(RunRecord::id).contains(2);
    assertThat(runs.findNewestOfContent(spec("c", "/a.csv", "sandbox", "k"))).isEmpty();
  }

  @Test
  void newestOfAPathIsOfTheSameTargetWhateverItsContentAndKey() {
    create(SPEC);
    create(spec("b", "/a.csv", "sandbox", "l"));
    create(spec("a", "/a.csv", "https://x", "k"));
    create(spec("a", "/b.csv", "sandbox", "k"));

    assertThat(runs.findNewestOfPath(SPEC)).map(RunRecord::id).contains(2);
  }

  @Test
  void standardInputIsNoPath() {
    RunSpec spec = spec("a", null, "sandbox", "k");
    create(spec);

    assertThat(runs.findNewestOfPath(spec)).isEmpty();
    assertThat(runs.findNewestOfContent(spec)).isPresent();
  }

  @Test
  void newestThatCanGoOnIsRunningOrStopped() {
    assertThat(runs.allResumable()).isEmpty();
    for (RunStatus status : RunStatus.values()) {
      runs.end(create(SPEC), status, null, START);
    }
    assertThat(runs.allResumable())
        .extracting(RunRecord::status)
        .containsExactly(RunStatus.STOPPED, RunStatus.RUNNING);
    runs.end(2, RunStatus.FINISHED, 0, START);
    assertThat(runs.allResumable())
        .extracting(RunRecord::status)
        .containsExactly(RunStatus.RUNNING);
  }
}
