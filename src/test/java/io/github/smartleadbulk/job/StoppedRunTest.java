package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PreparedRun;
import io.github.smartleadbulk.run.RunListener;
import io.github.smartleadbulk.run.RunResult;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.RunStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that end before their last row and go on later: no row lost, none sent twice. */
@Timeout(60)
final class StoppedRunTest {

  private static final int ROWS = 800;

  @TempDir private Path folder;
  private Rehearsal rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new Rehearsal(folder, Duration.ofMillis(3));
    rehearsal.concurrency = 16;
    rehearsal.writeRows(ROWS);
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  /** Stops the run when the server sees its nth call. */
  private RunResult updateStoppedAt(int requests) throws Exception {
    AtomicInteger seen = new AtomicInteger();
    rehearsal.onRequest =
        (request, run) -> {
          if (seen.incrementAndGet() == requests) {
            run.stop(Stop.bySignal(ExitCode.SIGTERM));
          }
        };
    try {
      return rehearsal.update();
    } finally {
      rehearsal.onRequest = (request, run) -> {};
    }
  }

  private void assertWhole() throws Exception {
    assertThat(rehearsal.lines(1)).isEqualTo(Rehearsal.allUpdated(ROWS));
    assertThat(Files.readString(rehearsal.resultsOf(1))).isEqualTo(rehearsal.journalled(1));
    assertThat(rehearsal.updatesByAccount()).isEqualTo(Rehearsal.eachOnce(ROWS));
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.FINISHED);
    assertThat(rehearsal.<Map<RowStatus, Long>>inStore(store -> store.rowCounts().of(1)))
        .isEqualTo(Map.of(RowStatus.UPDATED, (long) ROWS));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 501})
  void stoppedRunGoesOnWithoutRepeatingACall(int requests) throws Exception {
    RunResult stopped = updateStoppedAt(requests);

    assertThat(stopped.exitCode()).isEqualTo(ExitCode.SIGTERM);
    assertThat(stopped.summary().status()).isEqualTo("stopped");
    assertThat(stopped.summary().rowsOpen()).isEqualTo(ROWS - rehearsal.updatesByAccount().size());
    List<String> lines = rehearsal.lines(1);
    assertThat(lines).isEqualTo(Rehearsal.allUpdated(ROWS).subList(0, lines.size()));

    assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.OK);
    assertThat(rehearsal.record(1).calls()).isEqualTo(ROWS);
    assertWhole();
  }

  /** Whether such a stop still comes before the end of the run is a matter of microseconds. */
  @Test
  void runThatIsStoppedAtItsLastCallIsWhole() throws Exception {
    ExitCode exitCode = updateStoppedAt(ROWS).exitCode();
    while (exitCode == ExitCode.SIGTERM) {
      exitCode = rehearsal.update().exitCode();
    }

    assertThat(exitCode).isEqualTo(ExitCode.OK);
    assertThat(rehearsal.record(1).calls()).isEqualTo(ROWS);
    assertWhole();
  }

  @Test
  void runThatIsStoppedAgainAndAgainIsWholeInTheEnd() throws Exception {
    int processes = 1;
    while (updateStoppedAt(150).exitCode() == ExitCode.SIGTERM) {
      processes++;
    }

    assertThat(processes).isGreaterThan(3);
    assertWhole();
  }

  @Test
  void stopDuringInspectSendsNothing() throws Exception {
    rehearsal.inStore(
        store -> {
          PreparedRun prepared = rehearsal.prepare(store);
          UpdateRun[] run = new UpdateRun[1];
          rehearsal.listener =
              new RunListener() {
                @Override
                public void inspected(long rows, long invalid) {
                  run[0].stop(Stop.bySignal(ExitCode.SIGINT));
                }
              };
          run[0] = rehearsal.run(store, prepared);
          assertThat(run[0].execute().exitCode()).isEqualTo(ExitCode.SIGINT);
          return null;
        });
    assertThat(rehearsal.requests()).isZero();

    rehearsal.listener = new RunListener() {};
    assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.OK);
    assertWhole();
  }

  @Test
  void stopBeforeTheStartSendsNothing() throws Exception {
    rehearsal.inStore(
        store -> {
          UpdateRun run = rehearsal.run(store, rehearsal.prepare(store));
          run.stop(Stop.bySignal(ExitCode.SIGINT));
          assertThat(run.execute().exitCode()).isEqualTo(ExitCode.SIGINT);
          return null;
        });
    assertThat(rehearsal.requests()).isZero();

    assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.OK);
    assertWhole();
  }

  @Test
  void refusedKeyStopsTheRunAndTheRightOneFinishesIt() throws Exception {
    rehearsal.key = "other-key";
    RunResult refused = rehearsal.update();

    assertThat(refused.exitCode()).isEqualTo(ExitCode.KEY);
    assertThat(refused.summary().stopped())
        .isEqualTo("the API key was refused (HTTP 401): Invalid API Key");
    assertThat(refused.summary().rowsOpen()).isEqualTo(ROWS);
    assertThat(rehearsal.record(1).status()).isEqualTo(RunStatus.STOPPED);
    // Those that were under way when the first one was refused, and no others.
    assertThat(rehearsal.requests()).isBetween(1, rehearsal.concurrency);

    rehearsal.key = Rehearsal.KEY;
    assertThat(rehearsal.resume(1).exitCode()).isEqualTo(ExitCode.OK);
    assertWhole();
  }

  /** What can happen to {@code results.csv} while nobody is at work on it. */
  private enum Damage {
    DELETED {
      @Override
      void to(Path results) throws IOException {
        Files.delete(results);
      }
    },
    CUT_OFF {
      @Override
      void to(Path results) throws IOException {
        try (FileChannel file = FileChannel.open(results, StandardOpenOption.WRITE)) {
          file.truncate(file.size() / 2);
        }
      }
    },
    EMPTIED {
      @Override
      void to(Path results) throws IOException {
        Files.write(results, new byte[0]);
      }
    },
    LONGER {
      @Override
      void to(Path results) throws IOException {
        Files.writeString(results, "half a line that a kill has le", StandardOpenOption.APPEND);
      }
    },
    SAVED_BY_A_SPREADSHEET {
      @Override
      void to(Path results) throws IOException {
        Files.writeString(
            results,
            Files.readString(results).replace("updated", "\"updated\"").replace("\n", "\r\n"));
      }
    },
    SAVED_WITH_THE_SAME_HEADER {
      @Override
      void to(Path results) throws IOException {
        Files.writeString(results, Files.readString(results).replace(",updated,", ",checked!,"));
      }
    },
    OF_ANOTHER_RUN {
      @Override
      void to(Path results) throws IOException {
        Files.writeString(
            results,
            Files.readAllLines(results).get(0)
                + IntStream.range(0, 2 * ROWS)
                    .mapToObj(i -> "\n%d,%d,%d,unchanged,,,,,".formatted(i, i, i))
                    .collect(Collectors.joining())
                + "\n");
      }
    };

    abstract void to(Path results) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void resultsThatWereDamagedSinceAreWholeAgain(Damage damage) throws Exception {
    assertThat(updateStoppedAt(600).exitCode()).isEqualTo(ExitCode.SIGTERM);
    assertThat(rehearsal.lines(1)).hasSizeGreaterThan(500);
    damage.to(rehearsal.resultsOf(1));

    assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.OK);
    assertWhole();
  }

  @Test
  void resultsMayGoElsewhereFromNowOn() throws Exception {
    assertThat(updateStoppedAt(600).exitCode()).isEqualTo(ExitCode.SIGTERM);
    rehearsal.results = folder.resolve("elsewhere.csv");
    assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.OK);

    assertThat(Files.readString(rehearsal.results)).isEqualTo(rehearsal.journalled(1));
    assertThat(rehearsal.updatesByAccount()).isEqualTo(Rehearsal.eachOnce(ROWS));
  }

  @Test
  void resultsThatWentMissingBeforeTheReportAreThereAgain() throws Exception {
    Path inTheWay = rehearsal.runFolder(1).resolve("failed.csv").resolve("x");
    rehearsal.listener =
        new RunListener() {
          @Override
          public void inspected(long rows, long invalid) {
            assertThat(inTheWay.toFile().mkdirs()).isTrue();
          }
        };
    RunResult stopped = rehearsal.update();
    assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED_EARLY);
    assertThat(stopped.summary().rowsOpen()).isZero();
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    Files.delete(rehearsal.resultsOf(1));

    assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.OK);
    assertWhole();
  }

  @Test
  void joinedRowsKeepTheirLeadersOutcomeAcrossAStop() throws Exception {
    rehearsal.options =
        new InputOptions(
            null,
            null,
            Set.of(),
            ZeroLimit.REFUSED,
            DuplicatePolicy.MERGE,
            InputOptions.USUAL_CEILING);
    int accounts = 300;
    StringBuilder content = new StringBuilder("id,max_email_per_day,from_name\n");
    for (int i = 0; i < accounts; i++) {
      content.append(Rehearsal.account(i)).append(",40,\n");
    }
    for (int i = 0; i < accounts; i++) {
      content.append(Rehearsal.account(i)).append(",,Ann\n");
    }
    rehearsal.write(content.toString());
    assertThat(updateStoppedAt(100).exitCode()).isEqualTo(ExitCode.SIGTERM);
    assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.OK);

    assertThat(rehearsal.updatesByAccount()).isEqualTo(Rehearsal.eachOnce(accounts));
    assertThat(rehearsal.lines(1)).hasSize(2 * accounts);
    assertThat(rehearsal.lines(1).get(accounts))
        .isEqualTo("301,302,10000001,updated,max_email_per_day;from_name,200,1,joined with line 2");
    assertThat(Files.readString(rehearsal.resultsOf(1))).isEqualTo(rehearsal.journalled(1));
  }

  @Test
  void rowsThatAreNotSentDoNotGoOnAfterAStopEither() throws Exception {
    rehearsal.write("id,max_email_per_day\n10000001,40\n10000002,\n10000003,no\n10000004,40\n");
    RunResult stopped = updateStoppedAt(1);
    assertThat(stopped.exitCode()).isIn(ExitCode.SIGTERM, ExitCode.ROWS_NEED_ATTENTION);
    if (stopped.exitCode() == ExitCode.SIGTERM) {
      assertThat(rehearsal.update().exitCode()).isEqualTo(ExitCode.ROWS_NEED_ATTENTION);
    }

    assertThat(rehearsal.updatesByAccount())
        .isEqualTo(Map.of(Rehearsal.account(0), 1L, Rehearsal.account(3), 1L));
    assertThat(Files.readString(rehearsal.resultsOf(1))).isEqualTo(rehearsal.journalled(1));
  }

  /** What takes long to read again is on the disk before the first call: no journal has it. */
  @ParameterizedTest
  @CsvSource({"1, false", "50001, true"})
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "every commit is in its place")
  void databaseIsInItsPlaceBeforeTheFirstCallWhereMuchWasRead(int rows, boolean expected)
      throws Exception {
    rehearsal.writeRows(rows);
    List<Boolean> isInPlace = Collections.synchronizedList(new ArrayList<>());
    rehearsal.onRequest =
        (request, run) -> {
          isInPlace.add(Files.exists(folder.resolve("state").resolve("state.current")));
          run.stop(Stop.bySignal(ExitCode.SIGTERM));
        };
    rehearsal.update();

    assertThat(isInPlace).isNotEmpty().containsOnly(expected);
  }
}
