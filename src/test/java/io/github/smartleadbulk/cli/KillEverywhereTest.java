package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.CrashRehearsal.OnRecord;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.crash.Image;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A kill behind every single change to a file: of a first start, of a run, of a resume, of a
 * rollback and of a prune. By default some of them, {@code -Dkills=all} tries all of ten rounds,
 * some 5,000 and half an hour.
 */
@Timeout(3_600)
final class KillEverywhereTest {

  private static final boolean ALL = "all".equals(System.getProperty("kills"));

  @TempDir private Path temp;
  private CrashRehearsal rehearsal;
  private SplittableRandom random;
  private int images;

  /** Each traces runs of its own, whose threads come in another order. */
  static IntStream rounds() {
    return IntStream.rangeClosed(1, ALL ? 10 : 1);
  }

  @BeforeEach
  void start() throws Exception {
    rehearsal = new CrashRehearsal(temp);
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  /** Makes a folder as a kill has left it. */
  private Path killed(int operations, boolean torn) throws Exception {
    Path image = temp.resolve("killed " + ++images);
    if (torn) {
      Image.afterTornKill(rehearsal.files().trace(), operations, random.nextLong(), image);
    } else {
      Image.afterKill(rehearsal.files().trace(), operations, image);
    }
    return image;
  }

  private interface Check {
    void of(Path killed, int operations, String crash) throws Exception;
  }

  /** Tries about so many moments of the trace, or all. */
  private void eachMoment(int round, int sampled, TestReporter reporter, Check check)
      throws Exception {
    int size = rehearsal.files().trace().size();
    random = new SplittableRandom(Long.getLong("seed", 1) + round);
    int tried = 0;
    for (int operations = 0; operations <= size; operations++) {
      for (boolean torn : new boolean[] {false, true}) {
        if (ALL || random.nextInt(2 * size) < sampled) {
          Path killed = killed(operations, torn);
          check.of(
              killed,
              operations,
              "killed behind %d of %d%s".formatted(operations, size, torn ? ", torn" : ""));
          Folders.delete(killed);
          tried++;
        }
      }
    }
    reporter.publishEntry("moments", tried + " of " + 2 * (size + 1));
    assertThat(tried).isPositive();
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void firstStartAndRun(int round, TestReporter reporter) throws Exception {
    assertThat(rehearsal.traced(rehearsal.home("first"), "update", "rows.csv").exitCode())
        .isEqualTo(1);

    eachMoment(round, 50, reporter, rehearsal::assertGoesOn);
  }

  /** A run that was killed, taken up by another process that is killed too. */
  @ParameterizedTest
  @MethodSource("rounds")
  void resume(int round, TestReporter reporter) throws Exception {
    rehearsal.traced(rehearsal.home("first"), "update", "rows.csv");
    int half = rehearsal.files().trace().size() * 2 / 3;
    Path killed = killed(half, false);
    rehearsal.serverAt(half);
    Set<Long> onRecord = OnRecord.of(killed).ended();
    assertThat(onRecord).isNotEmpty();
    assertThat(rehearsal.traced(killed, "resume").exitCode()).isEqualTo(1);

    eachMoment(
        round,
        25,
        reporter,
        (again, operations, crash) -> {
          assertThat(OnRecord.of(again).ended()).as(crash).containsAll(onRecord);
          rehearsal.serverAt(operations);
          Ended next = rehearsal.run(again, "update", "rows.csv");
          assertThat(next.exitCode()).as("%s: %s", crash, next.err()).isEqualTo(1);
          rehearsal.assertWhole(again, crash);
        });
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void rollback(int round, TestReporter reporter) throws Exception {
    Path home = rehearsal.home("first");
    assertThat(rehearsal.run(home, "update", "rows.csv").exitCode()).isEqualTo(1);
    assertThat(rehearsal.traced(home, "rollback", "1").exitCode()).isZero();

    eachMoment(
        round,
        25,
        reporter,
        (killed, operations, crash) -> {
          rehearsal.serverAt(operations);
          Ended next = rehearsal.run(killed, "rollback", "1");
          // Where the first one had ended, there is nothing left to put back.
          assertThat(next.exitCode()).as("%s: %s", crash, next.err()).isZero();
          assertThat(rehearsal.api.copy()).as(crash).hasToString(rehearsal.atFirst().toString());
        });
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void prune(int round, TestReporter reporter) throws Exception {
    Path home = rehearsal.home("first");
    rehearsal.run(home, "update", "rows.csv");
    rehearsal.run(home, "plan", "rows.csv");
    assertThat(rehearsal.traced(home, "prune", "--older-than", "0ms").exitCode()).isZero();

    eachMoment(
        round,
        25,
        reporter,
        (killed, operations, crash) -> {
          Ended next = rehearsal.run(killed, "update", "rows.csv");
          assertThat(next.exitCode()).as("%s: %s", crash, next.err()).isEqualTo(1);
          assertThat(killed.resolve("var").resolve("runs").resolve("3").resolve("results.csv"))
              .as(crash)
              .exists();
          Ended pruned = rehearsal.run(killed, "prune", "--older-than", "0ms");
          assertThat(pruned.exitCode()).as("%s: %s", crash, pruned.err()).isZero();
          assertThat(killed.resolve("var").resolve("runs")).as(crash).isEmptyDirectory();
        });
  }
}
