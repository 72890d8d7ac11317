package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run does not take back what a later run has set. */
final class SupersededRunTest extends AgainstFakeSmartlead {

  private static final Answer REFUSED = new Answer(401, "{\"message\":\"no\"}");

  private static final String SUPERSEDED =
      "error: run 1 is superseded: run 2 has set the same fields in 2 of the rows that are left."
          + " Nothing was sent. To start again with the file as it is now, add --fresh to its"
          + " command. To resume the run anyway: ./run.sh resume 1 --resume-stale ";

  SupersededRunTest() {
    super(30);
  }

  @BeforeEach
  void aRunThatIsUnfinished() throws IOException {
    program.file("old.csv", "id,max_email_per_day", "1,41", "2,41", "3,41", "4,41");
    unfinished("update", "old.csv");
  }

  /** The key is refused at once, so that nobody asks again whether it really is. */
  private void unfinished(String... command) {
    api.script = call -> REFUSED;
    assertThat(run(command).exitCode()).isEqualTo(3);
    api.script = call -> null;
  }

  private void later(String... lines) throws IOException {
    program.file("new.csv", lines);
    assertThat(run("update", "new.csv").exitCode()).isZero();
    api.forget();
  }

  @ParameterizedTest
  @ValueSource(strings = {"update old.csv", "resume 1"})
  void whatALaterRunHasSetStays(String again) throws IOException {
    later("id,max_email_per_day", "1,35", "4,35");

    Ended refused = run(List.of(again.split(" ")));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains(SUPERSEDED);
    assertThat(api.updates()).isEmpty();

    assertThat(run(List.of(again.split(" ")), "--resume-stale").exitCode()).isZero();
    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "1 {\"max_email_per_day\":41}",
            "2 {\"max_email_per_day\":41}",
            "3 {\"max_email_per_day\":41}",
            "4 {\"max_email_per_day\":41}");
  }

  @Test
  void freshStartsAgain() throws IOException {
    later("id,max_email_per_day", "4,35");

    assertThat(run("update", "old.csv", "--fresh").out()).contains("Run 3 finished");
    assertThat(api.updated()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void rowsThatAreDoneAreNotCompared() throws IOException {
    program.file("half.csv", "id,max_email_per_day", "11,41", "12,41");
    api.script = call -> call.account() == 12 ? REFUSED : null;
    assertThat(run("update", "half.csv", "--concurrency", "1").exitCode()).isEqualTo(3);
    api.script = call -> null;
    later("id,max_email_per_day", "11,35");

    assertThat(run("resume", "2").exitCode()).isZero();
    assertThat(api.updated()).containsExactly(12L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Other fields.
        "id,from_name\n3,Berta\n4,Berta",
        // Other accounts.
        "id,max_email_per_day\n7,35",
        // Nothing to set.
        "id,max_email_per_day\n3,20\n4,20"
      })
  void whatDoesNotMeetTheRunIsNoReason(String later) throws IOException {
    later(later.split("\n"));

    assertThat(run("resume").exitCode()).isZero();
    assertThat(api.updated()).contains(1L, 2L, 3L, 4L);
  }

  @Test
  void aPlanSupersedesNothing() throws IOException {
    program.file("new.csv", "id,max_email_per_day", "3,35");
    assertThat(run("plan", "new.csv").exitCode()).isZero();

    assertThat(run("resume", "1").exitCode()).isZero();
  }

  @Test
  void aBareResumeTakesTheNewestThatIsNotSuperseded() throws IOException {
    program.file("middle.csv", "id,max_email_per_day", "11,50", "12,50");
    unfinished("update", "middle.csv");
    later("id,max_email_per_day", "12,35");

    Ended resumed = run("resume");

    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.err())
        .contains(
            "warning: run 2 is superseded and is not resumed: run 3 has set the same fields in 1 of"
                + " the rows that are left")
        .contains("Run 1: resuming old.csv");

    Ended none = run("resume");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err())
        .contains(
            "error: all unfinished runs are superseded. To resume the newest anyway: ./run.sh resume 2");
  }

  @Test
  void addressesAreComparedOnceTheyAreKnown() throws IOException {
    program.file("old2.csv", "from_email,max_email_per_day", "a21@example.com,41");
    unfinished("update", "old2.csv");
    later("id,max_email_per_day", "21,35");

    Ended refused = run("update", "old2.csv");

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains("run 2 is superseded: run 3 has set the same fields in 1");
    assertThat(api.updates()).isEmpty();
    assertThat(run("resume", "2", "--resume-stale").exitCode()).isZero();
    assertThat(api.updated()).containsExactly(21L);
  }

  @Test
  void whatEveryRowSetsCountsToo() throws IOException {
    program.file("ids.csv", "id", "5", "6");
    unfinished("update", "ids.csv", "--set", "from_name=Dora");
    later("id,from_name", "6,Emil");

    assertThat(run("resume", "2").err()).contains("run 2 is superseded: run 3 has set");
  }

  @Test
  void aRetryIsRefusedToo() throws IOException {
    program.file("some.csv", "id,max_email_per_day", "15,41", "16,41");
    api.script = call -> call.account() == 16 ? new Answer(422, "{}") : null;
    assertThat(run("update", "some.csv").exitCode()).isEqualTo(1);
    api.script = call -> null;
    later("id,max_email_per_day", "15,35", "16,35");

    Ended refused = run("retry", "2");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "error: run 2 is superseded: run 3 has set the same fields in 1 of the rows to retry."
                + " Nothing was sent. To retry its rows anyway: ./run.sh retry 2 --resume-stale ");
    assertThat(run("retry", "2", "--resume-stale").exitCode()).isZero();
    assertThat(api.updated()).containsExactly(16L);
  }

  @Test
  void aRetryOfRowsThatARetryHasDoneIsRefused() throws IOException {
    program.file("some.csv", "id,max_email_per_day", "15,41", "16,41");
    api.script = call -> call.account() > 14 ? new Answer(422, "{}") : null;
    assertThat(run("update", "some.csv").exitCode()).isEqualTo(1);
    unfinished("retry", "2");

    // Unfinished: the same command resumes it.
    assertThat(run("retry", "2").out()).contains("Run 3 finished");
    assertThat(run("retry", "2").err()).contains("run 3 has set the same fields in 2 of the rows");
  }
}
