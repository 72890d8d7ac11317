package io.github.smartleadbulk.cli;

import static io.github.smartleadbulk.cli.ThreeWorkspaces.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.smartleadbulk.cli.FakeSmartlead.Script;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process is stopped or killed in the middle of a run of three workspaces: one is through, one is
 * in the middle, and one waits for its first answer.
 */
@Timeout(180)
class WorkspaceStopsTest {

  private static final int ROWS = 60;
  private static final int CONCURRENCY = 4;

  @TempDir Path home;
  private ThreeWorkspaces workspaces;
  private final CountDownLatch acmeIsThrough = new CountDownLatch(ROWS);
  private final CountDownLatch globexIsInTheMiddle = new CountDownLatch(ROWS / 2);
  private final CountDownLatch initechWaits = new CountDownLatch(CONCURRENCY);
  private final CountDownLatch answersMayLeave = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    workspaces = new ThreeWorkspaces(home, ROWS);
    workspaces.writeRows(ROWS);
    workspaces.script("acme", ofUpdates(acmeIsThrough::countDown));
    workspaces.script(
        "globex",
        ofUpdates(
            () -> {
              globexIsInTheMiddle.countDown();
              if (globexIsInTheMiddle.getCount() == 0) {
                await(answersMayLeave);
              }
            }));
    workspaces.script(
        "initech",
        ofUpdates(
            () -> {
              initechWaits.countDown();
              await(answersMayLeave);
            }));
  }

  private static Script ofUpdates(Runnable before) {
    return call -> {
      if (call.isUpdate()) {
        before.run();
      }
      return null;
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(120, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    answersMayLeave.countDown();
    workspaces.close();
  }

  private ProgramProcess process(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--rate",
            "100000/h",
            "--reserve",
            "0",
            "--concurrency",
            Integer.toString(CONCURRENCY)));
    return ProgramProcess.start(home, "", List.of(), all);
  }

  private ProgramProcess updateUntilTheMiddle() throws IOException {
    ProgramProcess process = process("update", home.resolve("rows.csv").toString());
    await(acmeIsThrough);
    await(globexIsInTheMiddle);
    await(initechWaits);
    return process;
  }

  private void resume() throws Exception {
    answersMayLeave.countDown();
    NAMES.forEach(workspaces::mend);
    try (ProgramProcess process = process("resume", "1")) {
      assertThat(process.exitCode()).as(process.err()).isZero();
    }
    assertThat(workspaces.results(1)).isEqualTo(ThreeWorkspaces.allUpdated(ROWS));
  }

  /** The calls in flight end and are recorded, so that none is repeated. */
  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aSignalStopsAllWorkspacesAndResumeRepeatsNothing(String signal, int exitCode)
      throws Exception {
    assumeFalse(SignalTest.isIgnored(signal), "whoever started the tests has it ignored");
    try (ProgramProcess process = updateUntilTheMiddle()) {
      process.signal(signal);
      while (!process.err().contains("no new rows")) {
        assertThat(process.endsWithin(10)).as(process.err()).isFalse();
      }
      answersMayLeave.countDown();

      assertThat(process.exitCode()).as(process.err()).isEqualTo(exitCode);
      assertThat(process.err()).contains("stopped by SIG" + signal);
    }
    assertThat(workspaces.applied("acme")).hasSize(ROWS);
    assertThat(workspaces.applied("globex")).hasSizeBetween(ROWS / 2, ROWS - 1);
    assertThat(workspaces.applied("initech")).hasSize(CONCURRENCY);

    resume();

    workspaces.assertEachAppliedOnce(ROWS);
  }

  /** What was in flight may be sent again, and nothing else; no call is forgotten. */
  @Test
  void aKillRepeatsAtMostTheCallsInFlight() throws Exception {
    Map<String, Integer> sent = new HashMap<>();
    try (ProgramProcess process = updateUntilTheMiddle()) {
      process.kill();
    }
    NAMES.forEach(name -> sent.put(name, workspaces.server(name).updated().size()));

    Ended limits =
        workspaces.run(
            "workspaces", "--no-check", "--json", "--rate", "100000/h", "--reserve", "0");
    assertThat(limits.exitCode()).as(limits.err()).isZero();
    JsonNode all = JsonMapper.shared().readTree(limits.out());
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      assertThat(all.at("/%d/workspace".formatted(i)).stringValue()).isEqualTo(name);
      int lists = workspaces.server(name).offsets().size();
      assertThat(all.at("/%d/windows/0/used".formatted(i)).intValue())
          .as("calls of %s", name)
          .isBetween(sent.get(name) + lists, sent.get(name) + lists + CONCURRENCY);
    }

    resume();

    Set<Long> expected = new HashSet<>();
    IntStream.rangeClosed(1, ROWS).forEach(id -> expected.add((long) id));
    for (String name : NAMES) {
      assertThat(workspaces.applied(name))
          .as(name)
          .hasSizeLessThanOrEqualTo(ROWS + CONCURRENCY)
          .containsAll(expected);
    }
    assertThat(workspaces.applied("acme"))
        .as("was through")
        .hasSizeBetween(ROWS, ROWS + CONCURRENCY);
  }
}
