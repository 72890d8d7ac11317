package io.github.smartleadbulk.cli;

import static io.github.smartleadbulk.cli.ThreeWorkspaces.REFUSED;
import static io.github.smartleadbulk.cli.ThreeWorkspaces.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.FakeSmartlead.Script;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One workspace is refused, one is away and one is slow: each is by itself, and a resume does what
 * is left.
 */
@Timeout(90)
class WorkspaceTroubleTest {

  private static final int ROWS = 12;

  @TempDir Path home;
  private ThreeWorkspaces workspaces;

  @BeforeEach
  void start() throws IOException {
    workspaces = new ThreeWorkspaces(home, ROWS);
    workspaces.writeRows(ROWS);
  }

  @AfterEach
  void close() {
    workspaces.close();
  }

  private Ended update(String... more) {
    return workspaces.run(
        Stream.concat(
                Stream.of("update", "rows.csv", "--max-outage", "1s", "--max-attempts", "2"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** Answers updates only when somebody lets it. */
  private static Script heldBackBy(CountDownLatch latch) {
    return call -> {
      try {
        if (!call.isUpdate()) {
          return null;
        }
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        return null;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** Answers as usual to so many updates, then like this, and tells of the first time. */
  private static Script after(int updates, Answer then, CountDownLatch latch) {
    AtomicInteger left = new AtomicInteger(updates);
    AtomicBoolean told = new AtomicBoolean();
    return call -> {
      if (call.isUpdate() && left.getAndDecrement() > 0) {
        return null;
      }
      if (!told.getAndSet(true)) {
        latch.countDown();
      }
      return then;
    };
  }

  private static List<Long> accounts(int from, int to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  /** The answers of the slow one leave when the others have met their trouble. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void theOthersFinishAndResumeTakesUpWhatIsLeft(int before) throws IOException {
    CountDownLatch troubles = new CountDownLatch(2);
    Script refusing = after(before, REFUSED, troubles);
    Script failing = after(before, UNAVAILABLE, troubles);
    workspaces.script("acme", refusing);
    workspaces.script("globex", failing);
    workspaces.script("initech", heldBackBy(troubles));

    Ended ended = update("--concurrency", "1", "--snapshot", before == 0 ? "auto" : "none");

    // The refused key is graver than the outage.
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
    assertThat(ended.err())
        .contains("workspace acme: the API key was refused (HTTP 401): Invalid API Key")
        .contains("workspace globex: the server is away: ")
        .contains("To resume run 1: ./run.sh resume 1")
        .doesNotContain("workspace initech: ");
    assertThat(workspaces.applied("initech")).isEqualTo(accounts(1, ROWS));
    assertThat(workspaces.applied("acme")).isEqualTo(accounts(1, before));
    assertThat(workspaces.applied("globex")).isEqualTo(accounts(1, before));

    ThreeWorkspaces.NAMES.forEach(workspaces::mend);
    Ended resumed = workspaces.run("resume", "1");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(workspaces.results(1)).isEqualTo(ThreeWorkspaces.allUpdated(ROWS));
    workspaces.assertEachAppliedOnce(ROWS);
  }

  /** The answers of one leave only when the others have nothing left to do. */
  @Test
  void aSlowWorkspaceHoldsUpNobody() throws IOException {
    CountDownLatch othersAreThrough = new CountDownLatch(2 * ROWS);
    for (String name : List.of("globex", "initech")) {
      workspaces.script(
          name,
          call -> {
            if (call.isUpdate()) {
              othersAreThrough.countDown();
            }
            return null;
          });
    }
    workspaces.script("acme", heldBackBy(othersAreThrough));

    Ended ended = update("--concurrency", "1");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(workspaces.results(1)).isEqualTo(ThreeWorkspaces.allUpdated(ROWS));
    workspaces.assertEachAppliedOnce(ROWS);
  }

  /** A pause belongs to the key that was rate-limited. */
  @Test
  void aRateLimitedWorkspaceHoldsUpNobody() throws IOException {
    CountDownLatch othersAreThrough = new CountDownLatch(2 * ROWS);
    for (String name : List.of("globex", "initech")) {
      workspaces.script(
          name,
          call -> {
            if (call.isUpdate()) {
              othersAreThrough.countDown();
            }
            return null;
          });
    }
    workspaces.script(
        "acme",
        call ->
            call.isUpdate() && othersAreThrough.getCount() > 0
                ? new Answer(429, "{\"message\":\"Too Many Requests\"}")
                : null);

    Ended ended = workspaces.run("update", "rows.csv");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(workspaces.results(1)).isEqualTo(ThreeWorkspaces.allUpdated(ROWS));
    workspaces.assertEachAppliedOnce(ROWS);
  }

  /** Nobody listens at its port. */
  @Test
  void aWorkspaceWithoutAServerLeavesItsRowsOpen() throws IOException {
    try (StableAddress address = new StableAddress()) {
      workspaces.configure("workspace.globex.base-url = " + address.url());

      Ended ended = update();

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
      assertThat(ended.err()).contains("error: workspace globex: the server is away: ");
      assertThat(ended.out())
          .contains("  updated  " + " ".repeat(12) + 2 * ROWS)
          .contains("  open");
      assertThat(workspaces.applied("acme")).isEqualTo(accounts(1, ROWS));
      assertThat(workspaces.applied("initech")).isEqualTo(accounts(1, ROWS));

      address.to(workspaces.server("globex").url);
      Ended resumed = workspaces.run("resume", "1");

      assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    }
    assertThat(workspaces.results(1)).isEqualTo(ThreeWorkspaces.allUpdated(ROWS));
    workspaces.assertEachAppliedOnce(ROWS);
  }

  /** The lines of the others are on record behind the row that is left open. */
  @Test
  void aSecondRunOfTheFileIsTheSameRun() throws IOException {
    workspaces.script("acme", call -> REFUSED);
    assertThat(update().exitCode()).isEqualTo(3);
    // The lines of the others are there, although the first row is open.
    assertThat(workspaces.results(1)).hasSize(2 * ROWS).noneMatch(line -> line.endsWith("acme"));

    Ended again = update();

    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(workspaces.applied("globex")).isEqualTo(accounts(1, ROWS));
    workspaces.mend("acme");
    assertThat(update().exitCode()).isZero();
    assertThat(workspaces.results(1)).isEqualTo(ThreeWorkspaces.allUpdated(ROWS));
    workspaces.assertEachAppliedOnce(ROWS);
  }

  /** Each letter is the trouble of a workspace. */
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "failed, 1",
    "away, 5",
    "failed away, 5",
    "away refused, 3",
    "refused away failed, 3",
    "canary away, 4",
    "canary refused, 3",
    "lost refused, 2",
    "away canary lost, 2",
  })
  void theExitCodeIsTheGravest(String troubles, int exitCode) throws IOException {
    String[] trouble = troubles.split(" ", -1);
    for (int i = 0; i < trouble.length; i++) {
      String name = ThreeWorkspaces.NAMES.get(i);
      switch (trouble[i]) {
        case "failed" ->
            workspaces.script(
                name,
                call ->
                    call.account() == 3 && call.isUpdate()
                        ? new Answer(400, "{\"message\":\"no\"}")
                        : null);
        case "away" -> workspaces.script(name, call -> UNAVAILABLE);
        case "refused" -> workspaces.script(name, call -> REFUSED);
        case "lost" -> workspaces.script(name, call -> new Answer(404, "<html>no</html>"));
        // Says yes and does nothing.
        case "canary" ->
            workspaces.script(
                name, call -> call.isUpdate() ? new Answer(200, "{\"ok\":true}") : null);
        default -> {}
      }
    }

    Ended ended = update("--canary", "2", "--snapshot", "none");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
    for (int i = trouble.length; i < 3; i++) {
      assertThat(workspaces.applied(ThreeWorkspaces.NAMES.get(i))).isEqualTo(accounts(1, ROWS));
    }
    if (exitCode > 1) {
      for (int i = 0; i < trouble.length; i++) {
        if (!trouble[i].equals("failed")) {
          assertThat(ended.err()).contains("workspace " + ThreeWorkspaces.NAMES.get(i) + ": ");
        }
      }
    }
  }
}
