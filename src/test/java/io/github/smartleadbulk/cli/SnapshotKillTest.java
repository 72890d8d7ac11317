package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.FakeSmartlead.Call;
import io.github.smartleadbulk.state.TestState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed or told to stop at the worst of moments: while a call is answered. */
@Timeout(90)
class SnapshotKillTest {

  private static final int ACCOUNTS = 350;

  @TempDir Path home;

  private FakeSmartlead api;

  @BeforeEach
  void start() throws IOException {
    api = FakeSmartlead.start(ACCOUNTS);
    Files.writeString(
        home.resolve("rows.csv"),
        LongStream.rangeClosed(1, ACCOUNTS)
            .mapToObj(id -> id + ",33,Ben")
            .collect(joining("\n", "id,max_email_per_day,from_name\n", "\n")));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private ProgramProcess program(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--base-url", api.url, "--rate", "unlimited", "--concurrency", "4"));
    return ProgramProcess.start(home, "key", List.of(), all);
  }

  /** Kills the process as soon as a call of this kind has taken effect, before its answer. */
  private void killAt(Predicate<Call> moment, String... arguments) throws Exception {
    CompletableFuture<ProgramProcess> victim = new CompletableFuture<>();
    api.script =
        call -> {
          if (!moment.test(call)) {
            return null;
          }
          Answer answer = api.answer(call);
          try {
            victim.get().kill();
          } catch (Exception e) {
            throw new IOException(e);
          }
          return answer;
        };
    try (ProgramProcess process = program(arguments)) {
      victim.complete(process);
      assertThat(process.exitCode()).as(process.err()).isEqualTo(137);
    } finally {
      api.script = call -> null;
    }
  }

  private static Predicate<Call> update(int number) {
    AtomicInteger updates = new AtomicInteger();
    return call -> !call.isPage() && updates.incrementAndGet() == number;
  }

  @Test
  void everyValueBeforeIsThereOnceAndIsTheFirst() throws Exception {
    String rows = home.resolve("rows.csv").toString();
    killAt(call -> call.offset() == 200, "update", rows);
    assertThat(api.updated()).isEmpty();
    api.forget();
    killAt(update(60), "update", rows);
    assertThat(api.offsets()).containsExactly(200L, 300L);
    api.forget();
    // The list is read again, and again from its start: it shows what the run has done itself.
    killAt(call -> call.offset() == 200, "resume", "--snapshot-age", "0ms");
    assertThat(api.offsets()).containsExactly(0L, 100L, 200L);
    killAt(update(60), "resume", "--snapshot-age", "0ms");
    api.forget();

    try (ProgramProcess last = program("update", rows, "--snapshot-age", "0ms")) {
      assertThat(last.exitCode()).as(last.err()).isZero();
    }

    assertThat(Files.readAllLines(run(1, "before.csv")))
        .isEqualTo(
            Stream.concat(
                    Stream.of("email_account_id,max_email_per_day,from_name,_message"),
                    LongStream.rangeClosed(1, ACCOUNTS).mapToObj(id -> id + ",20,Anna,"))
                .toList());
    List<String> results = Files.readAllLines(run(1, "results.csv"));
    assertThat(results).hasSize(ACCOUNTS + 1);
    for (int row = 1; row <= ACCOUNTS; row++) {
      assertThat(results.get(row))
          .startsWith(
              "%d,%d,%d,updated,max_email_per_day;from_name,200,1,,".formatted(row, row + 1, row));
      assertThat(api.account(row).get("message_per_day").intValue()).isEqualTo(33);
    }
    assertThat(api.updated()).hasSizeLessThan(ACCOUNTS - 40);
  }

  private Path run(int number, String file) {
    return TestState.runFolder(home.resolve("var"), number).resolve(file);
  }

  /** Lets a page be answered only when the program has said that it is about to stop. */
  private void stopAtPage(long offset, String... arguments) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    api.script =
        call -> {
          if (call.offset() == offset) {
            asked.countDown();
            try {
              assertThat(mayAnswer.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          return null;
        };
    try (ProgramProcess process = program(arguments)) {
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      process.signal("TERM");
      while (!process.err().contains("SIGTERM")) {
        assertThat(process.endsWithin(5)).as(process.err()).isFalse();
      }
      mayAnswer.countDown();

      assertThat(process.exitCode()).as(process.err()).isEqualTo(143);
      assertThat(process.err()).contains("stopped by SIGTERM");
    } finally {
      api.script = call -> null;
    }
  }

  @Test
  void aSignalDuringTheSnapshotStopsTheRunBeforeAnyWrite() throws Exception {
    String rows = home.resolve("rows.csv").toString();
    stopAtPage(200, "update", rows);
    assertThat(api.offsets()).containsExactly(0L, 100L, 200L);
    assertThat(api.updates()).isEmpty();
    api.forget();

    try (ProgramProcess resumed = program("resume")) {
      assertThat(resumed.exitCode()).as(resumed.err()).isZero();
      assertThat(resumed.err()).contains("Run 1: resuming ");
    }

    assertThat(api.offsets()).doesNotContain(0L, 100L).contains(300L);
    assertThat(api.updated()).hasSize(ACCOUNTS).doesNotHaveDuplicates();
  }

  @Test
  void aSignalDuringAnExportLeavesNoFile() throws Exception {
    Path file = home.resolve("all.csv");

    stopAtPage(198, "export", "--out", file.toString());

    assertThat(file).doesNotExist();
    assertThat(home.resolve("all.csv.part")).doesNotExist();
  }

  @Test
  void anExportThatNobodyGetsIsNone() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "a disk that is full");
    List<String> full = List.of("bash", "-c", "exec \"$@\" > /dev/full", "-");
    List<String> export = List.of("export", "--base-url", api.url, "--rate", "unlimited");

    try (ProgramProcess process = ProgramProcess.start(home, "key", full, export)) {
      assertThat(process.exitCode()).isEqualTo(5);
      assertThat(process.err()).startsWith("error: standard output cannot be written");
    }
  }
}
