package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was reviewed is what is done. */
class ApplyPlanTest extends AgainstFakeSmartlead {

  ApplyPlanTest() {
    super(30);
  }

  @BeforeEach
  void plan() throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day,from_name",
        "4,33,Anna",
        "5,33,Ben",
        "6,20,Anna",
        "7,33,",
        "8,,Ben");
    assertThat(run("plan", "rows.csv").exitCode()).isZero();
    api.forget();
  }

  private String result(int run, int row) throws IOException {
    String line = Files.readAllLines(program.runFile(run, "results.csv")).get(row);
    return line.substring(0, line.lastIndexOf(','));
  }

  @Test
  void appliesThePlanAsItIs() throws IOException {
    // Nobody reads this one any more.
    program.file("rows.csv", "id,max_email_per_day", "4,99");

    Ended ended = run("update", "--plan", "1");

    assertThat(ended.exitCode()).as(ended.out()).isZero();
    assertThat(api.offsets()).as("the accounts are looked at").containsExactly(0L);
    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "4 {\"max_email_per_day\":33}",
            "5 {\"max_email_per_day\":33,\"from_name\":\"Ben\"}",
            "7 {\"max_email_per_day\":33}",
            "8 {\"from_name\":\"Ben\"}");
    assertThat(ended.out()).contains("Run 2 finished: rows.csv against ");
    api.forget();

    assertThat(run("update", "--plan", "1").exitCode()).as("once more").isZero();
    assertThat(api.updates()).isEmpty();
  }

  @Test
  void accountsThatHaveChangedSinceAreRefused() throws IOException {
    api.account(4).put("message_per_day", 44);
    // Also where the plan had nothing to do.
    api.account(6).put("from_name", "Zoe");
    api.account(7).remove("message_per_day");
    api.remove(8);

    Ended ended = run("update", "--plan", "1");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updated()).containsExactly(5L);
    assertThat(result(2, 1))
        .isEqualTo("1,2,4,failed,,,,max_email_per_day was 20 when planned and is now 44");
    assertThat(result(2, 3))
        .isEqualTo(
            "3,4,6,failed,,,,\"from_name was \"\"Anna\"\" when planned and is now \"\"Zoe\"\"\"");
    assertThat(result(2, 4))
        .isEqualTo("4,5,7,failed,,,,max_email_per_day was 20 when planned and is now not known");
    assertThat(result(2, 5)).startsWith("5,6,8,failed,,,,");
  }

  @Test
  void aFieldThatTheRowDoesNotSetMayHaveChanged() {
    api.account(7).put("from_name", "Zoe").put("client_id", 8);

    assertThat(run("update", "--plan", "1").exitCode()).isZero();

    assertThat(api.updated()).contains(7L);
  }

  @Test
  void anAccountThatIsAlreadyAsPlannedIsUnchanged() throws IOException {
    api.account(4).put("message_per_day", 33);

    assertThat(run("update", "--plan", "1").exitCode()).isZero();

    assertThat(result(2, 1)).isEqualTo("1,2,4,unchanged,,,,");
  }

  @Test
  void aRetryKeepsRefusing() throws IOException {
    api.account(4).put("message_per_day", 44);
    assertThat(run("update", "--plan", "1").exitCode()).isEqualTo(1);
    api.forget();

    assertThat(run("retry", "2").exitCode()).isEqualTo(1);
    assertThat(api.updates()).isEmpty();
    assertThat(result(3, 1)).contains("max_email_per_day was 20 when planned and is now 44");

    api.account(4).put("message_per_day", 20);
    assertThat(run("retry", "3").exitCode()).isZero();
    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":33}");
  }

  @Test
  void isResumedWithWhatItRefuses() {
    api.script = call -> call.account() == 5 ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(run("update", "--plan", "1", "--concurrency", "1").exitCode()).isEqualTo(3);
    api.script = call -> null;
    api.account(7).put("message_per_day", 44);
    api.forget();

    Ended resumed = run("resume", "2", "--snapshot-age", "0ms");

    assertThat(resumed.exitCode()).isEqualTo(1);
    assertThat(resumed.out()).contains("max_email_per_day was 20 when planned and is now 44");
    assertThat(api.updated()).containsExactly(5L, 8L);
  }

  @Test
  void usesThatGoWrongAreRefusedWithoutACall() throws IOException {
    program.file("same.csv", "id,from_name", "9,Anna");
    assertThat(run("update", "same.csv").exitCode()).isZero();
    api.forget();
    for (String[] wrong :
        new String[][] {
          {"update", "rows.csv", "--plan", "1"},
          {"update", "--plan", "1", "--force"},
          {"update", "--plan", "1", "--snapshot", "none"},
          {"update", "--plan", "2"},
          {"update", "--plan", "77"},
          {"update"},
        }) {
      Ended ended = run(wrong);

      assertThat(ended.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(ended.err()).as(String.join(" ", wrong)).isNotEmpty().doesNotContain("\tat ");
      assertThat(api.offsets()).as(String.join(" ", wrong)).isEmpty();
    }
    assertThat(run("update", "--plan", "1").exitCode()).isZero();
  }

  @Test
  void aPlanIsNotForAnotherTarget() throws IOException {
    try (FakeSmartlead other = FakeSmartlead.start(30)) {
      Ended ended = other.run(program, "update", "--plan", "1");

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err()).contains("run 1 was made against " + api.url);
      assertThat(other.offsets()).isEmpty();
    }
  }

  /** As the plan's last line says, and nothing more. */
  @Test
  void theCommandThatAPlanNamesWorks() throws IOException {
    assertThat(program.run("update", "--plan", "1").exitCode()).isZero();
    assertThat(api.updated()).hasSize(4);

    assertThat(program.run("plan", "rows.csv", "--sandbox").exitCode()).isZero();
    TestProgram withoutKey = new TestProgram(home);
    Ended applied = withoutKey.run("update", "--plan", "3");
    assertThat(applied.exitCode()).as(applied.err()).isZero();
    assertThat(applied.out()).contains("against sandbox");
  }

  /** The plan said which account is meant; another one was not reviewed. */
  @Test
  void anAddressThatHasMovedToAnotherAccountIsRefused() throws IOException {
    program.file(
        "by.csv",
        "from_email,max_email_per_day",
        "a4@example.com,33",
        "new@example.com,33",
        "a6@example.com,33");
    assertThat(run("plan", "by.csv").exitCode()).isEqualTo(1);
    api.account(4).put("from_email", "a9@example.com");
    api.account(9).put("from_email", "a4@example.com");
    api.account(10).put("from_email", "new@example.com");
    api.forget();

    Ended ended = run("update", "--plan", "2");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updates()).containsExactly("6 {\"max_email_per_day\":33}");
    assertThat(result(3, 1))
        .isEqualTo(
            "1,2,9,failed,,,,the address a4@example.com belongs to account 9 now and belonged to 4"
                + " when planned");
    assertThat(result(3, 2))
        .isEqualTo(
            "2,3,10,failed,,,,the address new@example.com belongs to account 10 now and belonged to no account when planned");
  }

  @Test
  void aPlanStaysAsLongAsARunIsComparedWithIt() throws IOException {
    api.account(7).put("message_per_day", 44);
    api.script = call -> call.account() == 8 ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(run("update", "--plan", "1", "--concurrency", "1").exitCode()).isEqualTo(3);
    api.script = call -> null;

    assertThat(program.run("prune", "--older-than", "0ms").out())
        .contains("There are no runs that old.");

    assertThat(run("resume", "2", "--snapshot-age", "0ms").exitCode()).isEqualTo(1);
    assertThat(api.updated()).doesNotContain(7L);
  }

  @Test
  void withoutThePlanNothingIsSent() throws IOException {
    api.account(7).put("message_per_day", 44);
    assertThat(run("update", "--plan", "1").exitCode()).isEqualTo(1);
    try (StateStore store = StateStore.open(home.resolve("var"))) {
      store.delete(List.of(1));
    }
    api.forget();

    Ended retried = run("retry", "2");

    assertThat(retried.exitCode()).isEqualTo(2);
    assertThat(retried.err()).contains("run 1 is no longer on record, but its accounts are needed");
    assertThat(api.updates()).isEmpty();
  }
}
