package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run puts back what an earlier one has changed. */
class RollbackCommandTest extends AgainstFakeSmartlead {

  RollbackCommandTest() {
    super(30);
  }

  @BeforeEach
  void update() throws IOException {
    program.file(
        "rows.csv", "id,max_email_per_day,from_name", "4,33,Ben", "5,33,", "6,20,Anna", "7,33,Ben");
    assertThat(run("update", "rows.csv").exitCode()).isZero();
    api.forget();
  }

  private String result(int run, int row) throws IOException {
    String line = Files.readAllLines(program.runFile(run, "results.csv")).get(row);
    return line.substring(0, line.lastIndexOf(','));
  }

  @Test
  void putsTheValuesBack() throws IOException {
    Ended ended = run("rollback", "1");

    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out()).contains("Run 2 finished: values before run 1 against " + api.url);
    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "4 {\"max_email_per_day\":20,\"from_name\":\"Anna\"}",
            "5 {\"max_email_per_day\":20}",
            "7 {\"max_email_per_day\":20,\"from_name\":\"Anna\"}");
    assertThat(program.runFile(2, "before.csv"))
        .hasContent(
            """
            email_account_id,max_email_per_day,from_name,_message
            4,33,Ben,
            5,33,,
            7,33,Ben,
            """);
  }

  @Test
  void beforeCsvDoesTheSameAsAnUpdate() {
    Ended ended = run("update", program.runFile(1, "before.csv").toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "4 {\"max_email_per_day\":20,\"from_name\":\"Anna\"}",
            "5 {\"max_email_per_day\":20}",
            "7 {\"max_email_per_day\":20,\"from_name\":\"Anna\"}");
  }

  @Test
  void onlyTheFieldsAndAccountsThatAreAsked() {
    assertThat(run("rollback", "1", "--only", "from_name").exitCode()).isZero();
    assertThat(api.updates())
        .containsExactlyInAnyOrder("4 {\"from_name\":\"Anna\"}", "7 {\"from_name\":\"Anna\"}");
    api.forget();

    assertThat(run("rollback", "1", "--accounts", "7,5", "--only", "message_per_day").exitCode())
        .isZero();
    assertThat(api.updates())
        .containsExactlyInAnyOrder("5 {\"max_email_per_day\":20}", "7 {\"max_email_per_day\":20}");
  }

  @Test
  void whatSomebodyHasChangedSinceIsLeftAloneAndReported() throws IOException {
    api.account(4).put("message_per_day", 44);
    api.account(5).put("message_per_day", 20).put("from_name", "Zoe");

    Ended ended = run("rollback", "1");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "4 {\"from_name\":\"Anna\"}", "7 {\"max_email_per_day\":20,\"from_name\":\"Anna\"}");
    assertThat(result(2, 1))
        .isEqualTo(
            "1,2,4,failed,from_name,200,1,max_email_per_day left alone: run 1 set it to 33 and it is"
                + " now 44");
    assertThat(result(2, 2)).isEqualTo("2,3,5,unchanged,,,,");
    assertThat(result(2, 3)).startsWith("3,4,7,updated,");
    assertThat(ended.out())
        .contains("Line numbers refer to " + program.runFile(2, "input.csv"))
        .contains("line 2, account 4: failed: max_email_per_day left alone");

    api.forget();
    assertThat(run("rollback", "1", "--force", "--accounts", "4").exitCode()).isZero();
    assertThat(api.account(4).get("message_per_day").intValue()).isEqualTo(20);
  }

  @Test
  void anAccountThatIsGoneIsReported() throws IOException {
    api.remove(4);

    assertThat(run("rollback", "1").exitCode()).isEqualTo(1);

    assertThat(api.updated()).containsExactly(5L, 7L);
    assertThat(result(2, 1)).startsWith("1,2,4,failed,,,,");
  }

  @Test
  void whatIsUnknownOrCannotBeWrittenBackIsReportedAndNotGuessed() throws IOException {
    api.account(10).putNull("client_id");
    api.account(11).put("custom_tracking_domain", "https://t.example.com/path");
    api.account(12).put("from_name", "");
    program.file(
        "more.csv",
        "id,is_suspended,client_id,custom_tracking_url,from_name,max_email_per_day",
        "9,yes,,,,33",
        "10,,8,,,33",
        "11,,,t.example.com,,",
        "12,,,,Ben,");
    assertThat(run("update", "more.csv").exitCode()).isZero();
    api.forget();

    Ended ended = run("rollback", "2");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updates())
        .containsExactlyInAnyOrder("9 {\"max_email_per_day\":20}", "10 {\"max_email_per_day\":20}");
    assertThat(result(3, 1))
        .isEqualTo(
            "1,2,9,failed,max_email_per_day,200,1,is_suspended not restored: its old value is"
                + " not known");
    assertThat(result(3, 2)).contains(",failed,").contains("client_id not restored: it was empty");
    assertThat(result(3, 3)).contains(",failed,,,,").contains("custom_tracking_url not restored");
    assertThat(result(3, 4)).contains(",failed,,,,").contains("from_name not restored");
    assertThat(run("rollback", "2", "--force").exitCode()).as("cannot be forced").isEqualTo(1);
  }

  @Test
  void textsComeBackToTheLetter() throws IOException {
    String signature = " <p>Zoë,\r\n\"Ünï\" 👋\n=SUM(1)\t</p>\n\n";
    api.account(9).put("signature", signature).put("from_name", "<clear>");
    api.account(10).put("signature", "<clear>").put("bcc_email", "a@b.example");
    program.file("more.csv", "id,signature,bcc", "9,short,", "10,short,<clear>");
    assertThat(run("update", "more.csv").exitCode()).isZero();

    assertThat(run("rollback", "2").exitCode()).isEqualTo(1);

    assertThat(api.account(9).get("signature").stringValue()).isEqualTo(signature);
    assertThat(api.account(10).get("bcc_email").stringValue()).isEqualTo("a@b.example");
    assertThat(result(3, 2)).contains("signature not restored");
  }

  @Test
  void aRollbackIsItselfReversible() {
    assertThat(run("rollback", "1").exitCode()).isZero();
    api.forget();

    assertThat(run("rollback", "2").exitCode()).isZero();

    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "4 {\"max_email_per_day\":33,\"from_name\":\"Ben\"}",
            "5 {\"max_email_per_day\":33}",
            "7 {\"max_email_per_day\":33,\"from_name\":\"Ben\"}");
    // And the first one can be undone again: the accounts are as it has left them.
    assertThat(run("rollback", "1").exitCode()).isZero();
    assertThat(api.account(4).get("message_per_day").intValue()).isEqualTo(20);
  }

  @Test
  void aRollbackIsResumable() throws IOException {
    api.script = call -> call.account() == 5 ? new Answer(401, "{\"message\":\"no\"}") : null;
    Ended stopped = run("rollback", "1", "--concurrency", "1");
    assertThat(stopped.exitCode()).isEqualTo(3);
    assertThat(stopped.err()).contains("To resume run 2: ./run.sh resume 2");
    api.script = call -> null;
    api.account(7).put("message_per_day", 44);
    api.forget();

    assertThat(run("resume", "2", "--snapshot-age", "0ms").exitCode()).isEqualTo(1);

    assertThat(api.updates())
        .containsExactlyInAnyOrder("5 {\"max_email_per_day\":20}", "7 {\"from_name\":\"Anna\"}");
    assertThat(Files.readAllLines(program.runFile(2, "results.csv"))).hasSize(4);
    assertThat(result(2, 1)).startsWith("1,2,4,updated,");
    assertThat(program.runFile(2, "before.csv"))
        .hasContent(
            """
            email_account_id,max_email_per_day,from_name,_message
            4,33,Ben,
            5,33,,
            7,,Ben,
            """);
  }

  @Test
  void aRetryOfARollbackLeavesTheSameAlone() {
    api.account(4).put("message_per_day", 44);
    api.account(4).put("from_name", "Zoe");
    assertThat(run("rollback", "1").exitCode()).isEqualTo(1);
    api.forget();

    assertThat(run("retry", "2").exitCode()).isEqualTo(1);
    assertThat(api.updates()).isEmpty();

    api.account(4).put("message_per_day", 33);
    assertThat(run("retry", "2").exitCode()).isEqualTo(1);
    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":20}");
  }

  @Test
  void aRunThatHasChangedNothingIsRefused() throws IOException {
    assertThat(run("plan", "rows.csv").exitCode()).isZero();
    assertThat(run("update", "rows.csv").exitCode()).isZero();
    api.forget();
    for (String[] wrong :
        new String[][] {
          {"rollback", "2"},
          {"rollback", "3"},
          {"rollback", "77"},
          {"rollback"},
          {"rollback", "1", "--only", "signature"},
          {"rollback", "1", "--only", "name"},
          {"rollback", "1", "--accounts", "6"},
          {"rollback", "1", "--accounts", "4,6"},
          {"rollback", "1", "--snapshot", "none"},
        }) {
      Ended ended = run(wrong);

      assertThat(ended.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(ended.err()).as(String.join(" ", wrong)).isNotEmpty();
      assertThat(api.offsets()).as(String.join(" ", wrong)).isEmpty();
    }
    assertThat(run("rollback", "1").exitCode()).as("none of it stands in the way").isZero();
  }
}
