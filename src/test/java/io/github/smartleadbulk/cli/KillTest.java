package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed at random instants, {@code -Dkills} times, and started again until it is
 * through.
 *
 * <p>The rule: every row of the input has exactly one line in the results, in its order, with what
 * really happened; a row whose outcome was on record at the kill is not sent again; what is sent
 * again was in flight, which with outcomes on their way to the disk is no more than {@code
 * --concurrency}.
 */
final class KillTest {

  private static final int KILLS = Integer.getInteger("kills", 8);
  private static final long SEED = Long.getLong("seed", 4);
  private static final int ROWS = 400;

  @TempDir private Path home;
  private ProcessRehearsal rehearsal;

  /** Accounts on record after each kill of the present run. */
  private final List<Set<Long>> journalledByKill = new ArrayList<>();

  private int mostInFlight;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new ProcessRehearsal(home, ROWS, Duration.ofMillis(10));
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  @Test
  void noRowIsLostAndNoneOnRecordIsSentAgain(TestReporter reporter) throws Exception {
    Random random = new Random(SEED);
    int run = 1;
    for (int kills = 0; kills < KILLS; ) {
      try (ProgramProcess program = rehearsal.update()) {
        if (killAtSomeInstant(program, random)) {
          kills++;
          journalledByKill.add(rehearsal.journalled(run));
        } else {
          assertThat(program.exitCode()).as(program.err()).isZero();
          assertRuleHeld(run);
          run++;
          rehearsal.writeInput(run);
          journalledByKill.clear();
        }
      }
    }
    try (ProgramProcess program = rehearsal.update()) {
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    assertRuleHeld(run);
    reporter.publishEntry("most calls in flight at a kill", Integer.toString(mostInFlight));
  }

  /**
   * Kills the program while it starts (one time in four) or some calls after its first; false if it
   * was through before.
   */
  private boolean killAtSomeInstant(ProgramProcess program, Random random)
      throws InterruptedException {
    CountDownLatch calls = new CountDownLatch(1 + random.nextInt(ROWS / 3));
    boolean whileStarting = random.nextInt(4) == 0;
    long startingFor = random.nextInt(1_200);
    long nanosMore = random.nextInt(20_000_000);
    rehearsal.onRequest = request -> calls.countDown();
    if (whileStarting) {
      if (program.endsWithin(startingFor)) {
        return false;
      }
    } else {
      while (!calls.await(5, TimeUnit.MILLISECONDS)) {
        if (!program.isAlive()) {
          return false;
        }
      }
      TimeUnit.NANOSECONDS.sleep(nanosMore);
    }
    boolean alive = program.isAlive();
    program.kill();
    return alive;
  }

  private void assertRuleHeld(int run) throws IOException {
    rehearsal.assertResultsWhole(run);
    int processes = rehearsal.processes();
    assertThat(processes).isEqualTo(journalledByKill.size() + 1);
    Set<Long> seen = new HashSet<>();
    for (int kill = 0; kill < processes - 1; kill++) {
      Set<Long> journalled = journalledByKill.get(kill);
      for (int later = kill + 1; later < processes; later++) {
        assertThat(rehearsal.updatedBy(later))
            .as("process %d of run %d sends nothing that was on record", later, run)
            .noneMatch(journalled::contains);
      }
      seen.addAll(rehearsal.updatedBy(kill));
      Set<Long> inFlight = new HashSet<>(rehearsal.updatedBy(kill));
      inFlight.removeAll(journalled);
      mostInFlight = Math.max(mostInFlight, inFlight.size());
      assertThat(inFlight)
          .as("in flight at kill %d of run %d", kill, run)
          .hasSizeLessThanOrEqualTo(ProcessRehearsal.CONCURRENCY);
      assertThat(seen).as("on record after kill %d of run %d", kill, run).containsAll(journalled);
    }
    assertThat(rehearsal.updatesByAccount()).hasSize(ROWS);
  }
}
