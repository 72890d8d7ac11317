package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that did not go well are rolled back, too: all that they have changed, or may have. */
class RollbackOfTroubleTest extends AgainstFakeSmartlead {

  RollbackOfTroubleTest() {
    super(30);
  }

  @BeforeEach
  void start() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,33", "5,33", "6,33");
  }

  /** All accounts of the file are seen by then, and no row has ended. */
  private void stopBehindTheFirstPage() {
    for (long id = 31; id <= 150; id++) {
      api.add(id);
    }
    api.script = call -> call.offset() == 99 ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(run("update", "rows.csv", "--snapshot", "full").exitCode()).isEqualTo(3);
    api.script = call -> null;
  }

  private int limit(long account) {
    return api.account(account).get("message_per_day").intValue();
  }

  @Test
  void uncertainRowsArePutBack() {
    api.script =
        call -> {
          if (call.account() == 5) {
            api.answer(call);
            return new Answer(200, "fine");
          }
          return call.account() == 6 ? new Answer(422, "{\"message\":\"no\"}") : null;
        };
    assertThat(run("update", "rows.csv", "--max-attempts", "1").exitCode()).isEqualTo(1);
    assertThat(limit(5)).isEqualTo(33);
    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,_message\n4,20,\n5,20,\n");
    api.script = call -> null;
    api.forget();

    assertThat(run("rollback", "1").exitCode()).isZero();

    assertThat(api.updated()).containsExactly(4L, 5L);
    assertThat(limit(5)).isEqualTo(20);
  }

  /** A gateway gave up on the first attempt, which had been heard; the last one was refused. */
  @Test
  void failedRowsThatWereAppliedArePutBack() {
    Set<Long> heard = new HashSet<>();
    api.script =
        call -> {
          if (call.isPage() || call.account() != 5) {
            return null;
          }
          if (heard.add(5L)) {
            api.answer(call);
            return new Answer(502, "<html>Bad gateway</html>");
          }
          return new Answer(500, "{\"message\":\"no\"}");
        };
    assertThat(run("update", "rows.csv", "--max-attempts", "2").exitCode()).isEqualTo(1);
    assertThat(limit(5)).isEqualTo(33);
    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,_message\n4,20,\n5,20,\n6,20,\n");
    api.script = call -> null;

    assertThat(run("rollback", "1").exitCode()).isZero();

    assertThat(limit(5)).isEqualTo(20);
  }

  /** An uncertain row that was not applied after all is as it was: nothing to do. */
  @Test
  void uncertainRowsThatWereNotAppliedAreUnchanged() throws IOException {
    api.script = call -> call.account() == 5 ? new Answer(200, "fine") : null;
    assertThat(run("update", "rows.csv", "--max-attempts", "1").exitCode()).isEqualTo(1);
    api.script = call -> null;
    api.forget();

    assertThat(run("rollback", "1").exitCode()).isZero();

    assertThat(api.updated()).containsExactly(4L, 6L);
    assertThat(Files.readString(program.runFile(2, "results.csv"))).contains("5,unchanged,");
  }

  @Test
  void anInterruptedRunIsPutBackAsFarAsItCame() {
    api.script = call -> call.account() == 6 ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(run("update", "rows.csv", "--concurrency", "1").exitCode()).isEqualTo(3);
    api.script = call -> null;
    api.forget();

    Ended ended = run("rollback", "1");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).contains("warning: run 1 is unfinished");
    assertThat(api.updated()).containsExactly(4L, 5L);
    assertThat(limit(4)).isEqualTo(20);
  }

  /** Its values before are those before its first process. */
  @Test
  void aRunThatWasResumedIsPutBackWhole() throws IOException {
    api.script = call -> call.account() == 6 ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(run("update", "rows.csv", "--concurrency", "1").exitCode()).isEqualTo(3);
    api.script = call -> null;
    assertThat(run("resume", "1", "--snapshot-age", "0ms").exitCode()).isZero();
    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,_message\n4,20,\n5,20,\n6,20,\n");
    api.forget();

    assertThat(run("rollback", "1").exitCode()).isZero();

    assertThat(api.updated()).containsExactly(4L, 5L, 6L);
  }

  /** An outcome that was never on record: the call had been made, and the run was stopped. */
  @Test
  void aCallThatWasCutOffHasItsFirstValueBefore() throws IOException {
    api.script =
        call -> {
          if (call.account() == 5) {
            api.answer(call);
            return new Answer(401, "{\"message\":\"the answer of another server\"}");
          }
          return null;
        };
    assertThat(run("update", "rows.csv", "--concurrency", "1").exitCode()).isEqualTo(3);
    assertThat(limit(5)).isEqualTo(33);
    api.script = call -> null;

    assertThat(run("resume", "1", "--snapshot-age", "0ms").exitCode()).isZero();

    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,_message\n4,20,\n5,20,\n6,20,\n");
  }

  /** Days later, without a look at the accounts, nothing is known to be so already. */
  @Test
  void aRunThatIsResumedWithoutASnapshotDoesNotTrustAnOldOne() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,33", "5,20", "6,33");
    stopBehindTheFirstPage();
    api.account(5).put("message_per_day", 44);

    assertThat(run("resume", "1", "--snapshot", "none", "--snapshot-age", "0ms").exitCode())
        .isZero();

    assertThat(limit(5)).isEqualTo(20);
  }

  @Test
  void aZeroComesBack() throws IOException {
    api.account(4).put("message_per_day", 0);
    assertThat(run("update", "rows.csv").exitCode()).isZero();

    assertThat(run("rollback", "1").exitCode()).isZero();

    assertThat(limit(4)).isZero();
  }

  @Test
  void anOptionThatDoesNotGoWithARunDoesNotEndIt() throws IOException {
    assertThat(run("update", "rows.csv").exitCode()).isZero();
    api.script = call -> call.account() == 5 ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(run("rollback", "1", "--concurrency", "1").exitCode()).isEqualTo(3);
    api.script = call -> null;

    assertThat(run("resume", "2", "--snapshot", "none").exitCode()).isEqualTo(2);

    assertThat(run("resume", "2").exitCode()).isZero();
    assertThat(limit(6)).isEqualTo(20);
  }

  /** Within the time for which a snapshot holds, but another run has been at work since. */
  @Test
  void aRunThatIsResumedBehindAnotherOneLooksAgain() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,33", "5,20", "6,33");
    program.file("other.csv", "id,max_email_per_day", "5,44", "6,44");
    stopBehindTheFirstPage();
    assertThat(run("update", "other.csv").exitCode()).isZero();

    assertThat(run("resume", "1", "--resume-stale").exitCode()).isZero();

    assertThat(limit(5)).isEqualTo(20);
    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,_message\n4,20,\n5,44,\n6,44,\n");
  }
}
