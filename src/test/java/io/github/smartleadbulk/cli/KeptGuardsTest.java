package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guards of a run guard whoever resumes it, until somebody passes them on purpose. */
final class KeptGuardsTest extends AgainstFakeSmartlead {

  private static final Answer REFUSED = new Answer(401, "{\"message\":\"no\"}");

  KeptGuardsTest() {
    super(30);
  }

  private void rows(int rows) throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        LongStream.rangeClosed(1, rows).mapToObj(id -> id + ",40").collect(joining("\n")));
  }

  /** The key is refused at an account: the run stops there and can be resumed. */
  private void stopAt(long account) {
    api.script = call -> call.account() == account ? REFUSED : null;
  }

  private Ended pasted(Ended ended) {
    String command = ended.err().substring(ended.err().lastIndexOf("./run.sh ") + 9);
    List<String> words = List.of(command.strip().replaceFirst("\\R(?s:.*)", "").split(" "));
    return program.with("SMARTLEAD_API_KEY", "key").run(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resume", "update rows.csv", "update rows.csv --max-changes 2"})
  void aGuardStaysUntilItIsPassed(String again) throws IOException {
    rows(5);
    assertThat(run("update", "rows.csv", "--max-changes", "2").exitCode()).isEqualTo(4);

    Ended kept = run(List.of(again.split(" ")));

    assertThat(kept.exitCode()).as(kept.err()).isEqualTo(4);
    assertThat(kept.err())
        .contains("guard --max-changes 2: 5 accounts of 5 rows would change. Nothing more was sent")
        .contains("To allow this: ./run.sh resume 1 --max-changes 5 ");
    assertThat(program.run("status").out()).contains("next step    ./run.sh show 1");
    assertThat(program.run("show", "1").out())
        .contains("To allow this: ./run.sh resume 1 --max-changes 5 ")
        .doesNotContain("To resume it");
    assertThat(api.updated()).isEmpty();
    assertThat(pasted(kept).exitCode()).isZero();
    assertThat(api.updated()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--max-changes 9",
        "--max-changes 100%",
        "--max-increase 500",
        "--max-failures 8",
        "--canary 1",
        "--canary 0",
        "--max-duration 3h",
        "--max-duration none",
        "--allow-emptying",
        "--allow-same-bcc"
      })
  void theSameCommandCannotPassAGuard(String looser) throws IOException {
    rows(5);
    api.script = call -> REFUSED;
    List<String> command =
        List.of(
            "update rows.csv --max-changes 5 --max-increase 200% --max-failures 3 --canary 2 --max-duration 2h"
                .split(" "));
    assertThat(run(command).exitCode()).isEqualTo(3);
    api.script = call -> null;
    api.forget();

    Ended refused = run(("update rows.csv " + looser).split(" "));

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err())
        .contains("error: run 1 is unfinished and has stricter guards")
        .contains("./run.sh resume 1 " + looser + " ");
    assertThat(api.updated()).isEmpty();
    Ended passed = pasted(refused);
    assertThat(passed.exitCode()).as(passed.err()).isZero();
    assertThat(api.updated()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void theCeilingStaysToo() throws IOException {
    program.file("high.csv", "id,max_email_per_day", "1,250", "2,40");
    assertThat(run("update", "high.csv", "--ceiling", "300", "--max-changes", "1").exitCode())
        .isEqualTo(4);

    assertThat(run("update", "high.csv").exitCode()).isEqualTo(4);
    assertThat(run("resume", "--max-changes", "2").exitCode()).isZero();
    assertThat(api.updates()).contains("1 {\"max_email_per_day\":250}");
  }

  @Test
  void aStricterGuardIsTakenAtAnyTime() throws IOException {
    rows(5);
    stopAt(3);
    assertThat(run("update", "rows.csv", "--concurrency", "1").exitCode()).isEqualTo(3);
    api.script = call -> null;

    assertThat(run("update", "rows.csv", "--max-changes", "4").exitCode()).isEqualTo(4);

    // Rows that are done count too, and the new guard stays.
    Ended kept = run("resume");
    assertThat(kept.err()).contains("guard --max-changes 4: 5 accounts of 5 rows would change");
  }

  @Test
  void theConfigFileAddsGuardsToOldRunsButPassesNone() throws IOException {
    program.file(
        "rows.csv", "id,bcc,signature", "1,a@example.com,", "2,a@example.com,", "3,a@example.com,");
    assertThat(run("update", "rows.csv").exitCode()).isEqualTo(4);

    program.withConfig("allow-same-bcc = true");
    assertThat(run("resume").exitCode()).isEqualTo(4);
    program.withConfig("max-changes = 1");
    Ended both = run("resume", "--allow-same-bcc");
    assertThat(both.err()).contains("guard --max-changes 1: 3 accounts of 3 rows would change");
    program.withConfig("max-changes = 3");
    assertThat(run("resume").err()).as("the run has its own by now").contains("--max-changes 1");
    assertThat(run("resume", "--max-changes", "3").exitCode()).isZero();
  }

  @Test
  void aCanaryThatPassedIsToldAndNotRepeated() throws IOException {
    rows(5);
    stopAt(4);
    Ended stopped = run("update", "rows.csv", "--canary", "2", "--concurrency", "1");
    assertThat(stopped.exitCode()).isEqualTo(3);
    assertThat(stopped.err()).contains("Canary passed: 2 rows were read back, and all match.");
    api.script = call -> null;

    Ended resumed = run("resume");

    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.err()).doesNotContain("Canary");
    assertThat(resumed.out()).contains("  canary     2 rows sent first, read back and found right");
    assertThat(program.run("show", "1").out())
        .containsOnlyOnce("  canary     2 rows sent first, read back and found right");
    assertThat(Files.readString(program.runFile(1, "summary.json")))
        .contains("\"canary_rows\" : 2");
    assertThat(program.run("show", "1", "--json").out()).contains("\"canary_rows\" : 2");
  }

  @Test
  void aCanaryThatFailedIsRepeated() throws IOException {
    rows(5);
    api.script =
        call -> call.account() == 2 ? new Answer(422, "{\"message\":\"bad limit\"}") : null;
    assertThat(run("update", "rows.csv", "--canary", "2", "--concurrency", "1").exitCode())
        .isEqualTo(4);
    api.script = call -> null;

    Ended resumed = run("resume");

    assertThat(resumed.err()).contains("Canary passed: 2 rows were read back, and all match.");
  }

  @Test
  void anInputWithFewerRowsThanTheCanaryIsReadBackToo() throws IOException {
    rows(1);

    assertThat(run("update", "rows.csv", "--canary", "20").err())
        .contains("Canary passed: 1 row was read back, and all match.");
  }

  @Test
  void aShortInputWhoseRowDidNotTakeStopsTheRun() throws IOException {
    rows(1);
    api.script =
        call -> call.body().has("max_email_per_day") ? new Answer(200, "{\"ok\":true}") : null;

    Ended ended = run("update", "rows.csv", "--canary", "20");

    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains("account 1: max_email_per_day is 20, but 40 was sent");
  }

  @Test
  void aRetryMayNotDoMoreThanItsRunMight() throws IOException {
    rows(10);
    for (long id = 1; id <= 5; id++) {
      api.account(id).put("message_per_day", 40);
    }
    api.script = call -> call.account() == 7 || call.account() == 9 ? new Answer(422, "{}") : null;
    assertThat(run("update", "rows.csv", "--max-changes", "50%").exitCode()).isEqualTo(1);

    // 5 of 10 rows might change, so 2 of 2 may.
    assertThat(run("retry", "1", "--max-failures", "0", "--concurrency", "1").exitCode())
        .isEqualTo(4);
    api.script = call -> null;
    assertThat(run("resume", "--max-failures", "2").exitCode()).isEqualTo(1);
    // The retry has sent 7, and the rest of it 9.
    assertThat(api.updated()).containsExactly(6L, 7L, 7L, 8L, 9L, 9L, 10L);
  }

  @Test
  void strictStays() throws IOException {
    rows(3);
    api.script = call -> REFUSED;
    assertThat(run("update", "rows.csv", "--strict").exitCode()).isEqualTo(3);
    api.script = call -> null;

    Ended tooLate = run("resume", "--max-duration", "1ms");

    assertThat(tooLate.exitCode()).isEqualTo(5);
    assertThat(run("resume", "--max-duration", "none").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--canary -1", "--max-changes x", "--finish-by 25:00", "--max-duration 5"})
  void anImpossibleGuardIsToldBeforeAnythingElse(String guard) throws IOException {
    rows(1);

    Ended ended = run(("update rows.csv " + guard).split(" "));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains(guard.substring(0, guard.indexOf(" ")) + ": found ")
        .contains(", expected ");
    assertThat(program.run("runs").out()).contains("no runs yet");
  }
}
