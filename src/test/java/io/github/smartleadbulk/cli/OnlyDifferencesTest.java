package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what differs is sent. */
class OnlyDifferencesTest extends AgainstFakeSmartlead {

  private static final String ALL_FIELDS =
      "id,max_email_per_day,from_name,custom_tracking_url,bcc,signature,client_id,time_to_wait_in_mins";

  OnlyDifferencesTest() {
    super(20);
  }

  private Ended update(String... lines) throws IOException {
    program.file("rows.csv", lines);
    return api.run(program, "update", "rows.csv");
  }

  private String result(int run, int row) throws IOException {
    String line = Files.readAllLines(program.runFile(run, "results.csv")).get(row);
    return line.substring(0, line.lastIndexOf(','));
  }

  @Test
  void aRowThatIsAlreadySoTakesNoCall() throws IOException {
    Ended ended = update(ALL_FIELDS, "4,20,Anna,<clear>,<clear>,<p>Anna</p>,7,5", "5,20.0,,,,,,");

    assertThat(ended.exitCode()).isZero();
    assertThat(api.updates()).isEmpty();
    assertThat(result(1, 1)).isEqualTo("1,2,4,unchanged,,,,");
    assertThat(result(1, 2)).isEqualTo("2,3,5,unchanged,,,,");
    assertThat(program.runFile(1, "before.csv")).doesNotExist();
    assertThat(ended.out()).contains("unchanged             2").contains("  1 call in ");
  }

  @Test
  void onlyFieldsThatDifferAreInTheRequest() throws IOException {
    assertThat(update(ALL_FIELDS, "4,21,Anna,<clear>,<clear>,<p>Anna</p> ,7,5").exitCode())
        .isZero();

    assertThat(api.updates())
        .containsExactly("4 {\"max_email_per_day\":21,\"signature\":\"<p>Anna</p> \"}");
    assertThat(result(1, 1)).isEqualTo("1,2,4,updated,max_email_per_day;signature,200,1,");
    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,signature,_message\n4,20,<p>Anna</p>,\n");
  }

  @Test
  void whatTheListDoesNotTellIsSent() throws IOException {
    api.account(4).remove("bcc_email");
    api.account(4).putObject("signature");
    api.account(4).put("message_per_day", 20.5);

    Ended ended =
        update(
            "id,is_suspended,bcc,signature,max_email_per_day,from_name", "4,no,<clear>,S,20,Anna");

    assertThat(ended.exitCode()).isZero();
    assertThat(api.updates())
        .containsExactly(
            "4 {\"max_email_per_day\":20,\"bcc\":\"\",\"signature\":\"S\",\"is_suspended\":false}");
  }

  @Test
  void aFlagThatTheListTellsIsCompared() throws IOException {
    api.account(4).put("is_suspended", false);
    api.account(5).put("is_suspended", "true");

    update("id,is_suspended", "4,no", "5,no");

    assertThat(api.updates()).containsExactly("5 {\"is_suspended\":false}");
  }

  @Test
  void numbersMayComeAsText() throws IOException {
    api.account(4)
        .put("message_per_day", "20")
        .put("client_id", "7")
        .put("minTimeToWaitInMins", "");
    api.account(5).put("message_per_day", " 020.0 ").put("client_id", 7.0);

    update("id,max_email_per_day,client_id,time_to_wait_in_mins", "4,20,7,0", "5,20,7,");

    assertThat(api.updates()).containsExactly("4 {\"time_to_wait_in_mins\":0}");
  }

  @Test
  void noTextAndAnEmptyTextAreTheSame() throws IOException {
    api.account(4).put("bcc_email", "").put("signature", "").put("custom_tracking_domain", "");
    api.account(5).putNull("bcc_email").putNull("signature").putNull("client_id");
    api.account(6).put("bcc_email", " ").put("client_id", 0);

    update(
        "id,bcc,signature,custom_tracking_url,client_id",
        "4,<clear>,<clear>,<clear>,",
        "5,<clear>,<clear>,<clear>,<clear>",
        "6,<clear>,,,<clear>");

    assertThat(api.updates()).containsExactly("6 {\"bcc\":\"\"}");
  }

  /** Each differs from the account's signature in a way that is hard to see. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>Zoë\n 👋</p> ",
        " <p>Zoë\n 👋</p>",
        "<p>Zoë\r\n 👋</p>",
        "<p>Zoe\u0308\n 👋</p>",
        "<p>zoë\n 👋</p>",
        "<p>Zoë\n\u00a0👋</p>",
        "<p>Zoë\n 👋\ufe0f</p>"
      })
  void aSignatureIsComparedToTheLetter(String signature) throws IOException {
    api.account(4).put("signature", "<p>Zoë\n 👋</p>");

    update("id,signature", "4,\"" + signature + "\"", "5,<p>Anna</p>");

    assertThat(api.updated()).containsExactly(4L);
    assertThat(api.account(4).get("signature").stringValue()).isEqualTo(signature);

    api.forget();
    update("id,signature", "4,\"" + signature + "\"", "6,<p>Anna</p>");
    assertThat(api.updated()).isEmpty();
  }

  @Test
  void forceSendsAllFieldsOfARow() throws IOException {
    program.file("rows.csv", "id,max_email_per_day,from_name", "4,20,Anna", "5,21,");

    assertThat(api.run(program, "update", "rows.csv", "--force").exitCode()).isZero();

    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "4 {\"max_email_per_day\":20,\"from_name\":\"Anna\"}", "5 {\"max_email_per_day\":21}");
    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,from_name,_message\n4,20,Anna,\n5,20,,\n");
  }

  @Test
  void aRetrySendsWhatIsNotYetSo() throws IOException {
    api.script =
        call ->
            call.isPage()
                ? null
                : call.account() == 4
                    ? new Answer(422, "{\"message\":\"not today\"}")
                    // Applied, and nobody can tell.
                    : new Answer(api.answer(call).status(), "");
    program.file("rows.csv", "id,max_email_per_day,from_name", "4,21,Ben", "5,22,Ben");
    assertThat(api.run(program, "update", "rows.csv", "--max-attempts", "1").exitCode())
        .isEqualTo(1);
    assertThat(result(1, 1)).startsWith("1,2,4,failed,");
    assertThat(result(1, 2)).startsWith("2,3,5,uncertain,max_email_per_day;from_name,");
    api.account(4).put("from_name", "Ben");
    api.script = call -> null;
    api.forget();

    assertThat(api.run(program, "retry", "1").exitCode()).isZero();

    assertThat(api.updates()).isEqualTo(List.of("4 {\"max_email_per_day\":21}"));
    assertThat(result(2, 2)).isEqualTo("2,3,5,unchanged,,,,");
  }

  @Test
  void aSecondUpdateOfTheSameFileSendsNothing() throws IOException {
    String[] lines = {ALL_FIELDS, "4,21,Ben,t.example.com,b@example.com,<i>B</i>,8,6"};
    assertThat(update(lines).exitCode()).isZero();
    api.forget();

    assertThat(update(lines).exitCode()).isZero();

    assertThat(api.updates()).isEmpty();
    assertThat(result(2, 1)).isEqualTo("1,2,4,unchanged,,,,");
  }
}
