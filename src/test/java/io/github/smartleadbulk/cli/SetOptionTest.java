package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --set} does to rows, and how it is refused. */
class SetOptionTest extends AgainstFakeSmartlead {

  SetOptionTest() {
    super(10);
  }

  private Ended update(String... sets) {
    return run(with("update", sets));
  }

  private static String[] with(String command, String... sets) {
    List<String> arguments = new java.util.ArrayList<>(List.of(command, "rows.csv"));
    Arrays.stream(sets).forEach(set -> arguments.addAll(List.of("--set", set)));
    return arguments.toArray(String[]::new);
  }

  private void rows(String... lines) throws IOException {
    program.file("rows.csv", lines);
  }

  private String result(int run, int row) throws IOException {
    return Files.readAllLines(program.runFile(run, "results.csv")).get(row);
  }

  private void refused(Ended ended, String... words) {
    assertThat(ended.err()).contains(words);
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(api.updates()).isEmpty();
    assertThat(api.offsets()).as("before a call").isEmpty();
  }

  @Test
  void constantsAreParsedLikeCells() throws IOException {
    rows("id,max_email_per_day", "3,", "4,30");

    assertThat(update("is_suspended=yes", "client-id=<clear>", "bcc=<clear>").exitCode()).isZero();

    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "3 {\"client_id\":null,\"is_suspended\":true}",
            "4 {\"max_email_per_day\":30,\"client_id\":null,\"is_suspended\":true}");
  }

  @Test
  void aFileNeedsNoSettingColumnThen() throws IOException {
    rows("email", "A3@example.com");

    assertThat(update("max_email_per_day=40").exitCode()).isZero();

    assertThat(api.updates()).containsExactly("3 {\"max_email_per_day\":40}");
    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,_message\n3,20,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "max_email_per_day=0;found \"0\", expected a whole number of 1 or more",
        "max_email_per_day=201;found \"201\", expected at most 200 a day",
        "max_email_per_day=<clear>;found \"<clear>\", expected a whole number",
        "bcc=nobody;--set bcc: found \"nobody\", expected one email address",
        "from_name=;--set from_name: found \"\", expected text",
        "from_name;--set: found \"from_name\", expected FIELD=VALUE or FIELD=@FILE",
        "form_name=Anna;--set: found \"form_name\", expected some of max_email_per_day, from_name",
        "from_name={{first_name;--set from_name, line 1: found \"{{first_name\", expected a }}",
        "from_name=@nowhere.html;nowhere.html: no such file",
        "from_name=@folder;folder is a folder",
        "from_name=@latin.html;latin.html, line 2: found bytes that are not valid in UTF-8",
        "signature=@broken.html;broken.html, line 2: found \"{{/phone}}\", expected {{#phone}}",
        "from_name={{from_name}} jun.;found {{from_name}}, which uses the value of the field",
        "from_name={{frist_name}};--set from_name, line 1: found {{frist_name}}, expected a column",
        "from_name={{frist_name}};the nearest is {{first_name}}",
        "from_name={{is_suspended}};found {{is_suspended}}, expected a column",
        "signature={{from_emial}};the nearest is {{from_email}}",
        "signature=@unknown.html;unknown.html, line 3: found {{phone}}",
        "client_id=8;a column client_id, which --set fills",
      })
  void whatCannotBeIsRefusedBeforeACall(String set, String words) throws IOException {
    rows("id,First Name,client_id", "3,Anna,8");
    Files.createDirectories(home.resolve("folder"));
    Files.write(home.resolve("latin.html"), "<p>\nJürgen".getBytes(StandardCharsets.ISO_8859_1));
    program.file("broken.html", "<p>", "{{/phone}}");
    program.file("unknown.html", "<p>", "{{first_name}}", "{{phone}}</p>");

    refused(program.run(with("validate", set)), words);
    refused(update(set), words);
  }

  @Test
  void noFieldIsSetTwiceAndNoRowsAreMerged() throws IOException {
    rows("id", "3");

    refused(update("bcc=a@b.example", "bcc_email=<clear>"), "--set: found bcc twice");
    refused(
        run("update", "rows.csv", "--set", "from_name=Anna", "--duplicates", "merge"),
        "--set cannot be combined with --duplicates merge");
    refused(
        update("from_name={{bcc}}", "bcc={{from_name}}@example.com"),
        "which uses the value of the field it sets");
    refused(
        run("update", "--plan", "1", "--set", "from_name=Anna"), "cannot be combined with --set");
  }

  @Test
  void itIsNoSettingOfTheConfigFile() throws IOException {
    program.withConfig("set = from_name=Anna");
    rows("id,from_name", "3,Anna");

    assertThat(update().err()).contains("set: only the command line can set this option");
  }

  @Test
  void valuesComeFromTheRowThenFromTheAccount() throws IOException {
    rows("id,First Name,from_name", "3,Anna,Anna Adler", "4,Ben,", "5,Carl,");
    api.account(5).put("from_name", "Carla");

    assertThat(
            update("signature={{first_name}}/{{from_name}}/{{message_per_day}}/{{email}}/{{id}}"))
        .returns(0, Ended::exitCode);

    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "3 {\"from_name\":\"Anna Adler\","
                + "\"signature\":\"Anna/Anna Adler/20/a3@example.com/3\"}",
            "4 {\"signature\":\"Ben/Anna/20/a4@example.com/4\"}",
            "5 {\"signature\":\"Carl/Carla/20/a5@example.com/5\"}");
  }

  @Test
  void whatIsSetInTheSameGoBeatsTheAccountsValue() throws IOException {
    rows("id,first_name,last_name,max_email_per_day", "3,Anna,Adler,40.0");

    assertThat(
            update(
                    "signature={{from_name}}, {{max_email_per_day}}",
                    "from_name={{first_name}} {{last_name}}")
                .exitCode())
        .isZero();

    assertThat(api.updates())
        .containsExactly(
            "3 {\"max_email_per_day\":40,\"from_name\":\"Anna Adler\","
                + "\"signature\":\"Anna Adler, 40\"}");
  }

  @Test
  void valuesAreEscapedInSignaturesOnlyAndNeverReadAsTemplates() throws IOException {
    rows("id,first_name", "3,<script>alert(1)</script> & Co", "4,{{from_email}}");

    assertThat(update("signature=<p>{{first_name}}</p>", "from_name={{first_name}}").exitCode())
        .isEqualTo(1);
    assertThat(
            run(
                    "update",
                    "rows.csv",
                    "--set",
                    "signature=<p>{{first_name}}</p>",
                    "--set",
                    "from_name={{first_name}}",
                    "--allow-damaged-text")
                .exitCode())
        .isZero();

    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "3 {\"from_name\":\"<script>alert(1)</script> & Co\",\"signature\":"
                + "\"<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co</p>\"}",
            "4 {\"from_name\":\"{{from_email}}\",\"signature\":\"<p>{{from_email}}</p>\"}");
  }

  @Test
  void aTemplateFileIsReadAsPeopleWriteIt() throws IOException {
    rows("id,first_name", "3,Anna", "4,");
    Files.createDirectories(home.resolve("texts"));
    program.file("texts/t.html", "\uFEFF<p>Grüße,", "{{first_name|the team}}</p>");

    assertThat(update("signature=@texts/t.html").exitCode()).isZero();

    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "3 {\"signature\":\"<p>Grüße,\\nAnna</p>\"}",
            "4 {\"signature\":\"<p>Grüße,\\nthe team</p>\"}");
  }

  @Test
  void aPlaceholderThatStaysEmptyMakesTheRowInvalid() throws IOException {
    rows("id,first_name,phone", "3,Anna,1", "4, ,", "5,<clear>,1", "6,Ben,2");

    Ended ended = update("signature={{first_name}} {{phone}}");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updated()).containsExactly(3L, 6L);
    assertThat(ended.err())
        .contains(
            "line 3, account 4: signature: {{first_name}}, {{phone}} are empty; give them values or defaults"
                + " such as {{first_name|there}}")
        .contains(
            "line 4, account 5: signature: {{first_name}} is empty; give it a value or a default such as"
                + " {{first_name|there}}");
    assertThat(result(1, 3))
        .isEqualTo(
            "3,4,5,invalid,,,,signature: {{first_name}} is empty; give it a value or a default such"
                + " as {{first_name|there}},");
    assertThat(program.runFile(1, "failed.csv"))
        .content()
        .startsWith(
            "id,first_name,phone,_status,_message\n4,\" \",,invalid,\"signature: {{first_name");
  }

  @Test
  void whatIsKnownOfflineIsSaidOffline() throws IOException {
    rows("id,first_name", "3,Anna", "4,", "5,Ben");
    program.file("t.html", "{{first_name}} {{from_name}}");

    Ended validated = program.run("validate", "rows.csv", "--set", "from_name={{first_name}}");
    assertThat(validated.out())
        .contains("line 3, account 4: from_name: {{first_name}} is empty")
        .contains("3 rows: 2 valid, 1 invalid");
    assertThat(validated.exitCode()).isEqualTo(1);
    refused(
        run("update", "rows.csv", "--strict", "--set", "from_name={{first_name}}"),
        "1 of 3 rows is invalid and --strict is set");
  }

  @Test
  void whatOnlyTheAccountTellsIsKnownWhenItIsSeen() throws IOException {
    rows("id", "3", "4", "77");
    api.account(4).putNull("from_name");

    assertThat(program.run("validate", "rows.csv", "--set", "signature={{from_name}}").exitCode())
        .isZero();
    assertThat(update("signature=<p>{{from_name}}!</p>").exitCode()).isEqualTo(1);

    assertThat(api.updates()).containsExactly("3 {\"signature\":\"<p>Anna!</p>\"}");
    assertThat(result(1, 2))
        .startsWith("2,3,4,invalid,,,,signature: {{from_name}} is empty; give it a value");
    assertThat(result(1, 3)).contains("3,4,77,invalid", "; the account is not in the list");
  }

  @Test
  void asMuchOfTheListIsReadAsTheTemplatesTake() throws IOException {
    for (long id = 11; id <= 350; id++) {
      api.add(id);
    }
    rows("id", "345");

    assertThat(update("signature={{from_email}}").exitCode()).isZero();

    assertThat(api.updates()).containsExactly("345 {\"signature\":\"a345@example.com\"}");
    api.forget();
    refused(
        run("update", "rows.csv", "--snapshot", "none", "--set", "signature=To {{from_email}}"),
        "cannot be combined with --snapshot none");
    assertThat(run("update", "rows.csv", "--snapshot", "none", "--set", "from_name=Zoe").exitCode())
        .isZero();
  }

  @Test
  void aRenderedTextHasToBeAValueOfItsField() throws IOException {
    rows("id,limit,domain", "3,40,x.example", "4,400,y z", "5,forty,");

    Ended ended =
        update("max_email_per_day={{limit}}", "custom_tracking_url=go.{{domain|a.example}}");

    assertThat(api.updates())
        .containsExactly("3 {\"max_email_per_day\":40,\"custom_tracking_url\":\"go.x.example\"}");
    assertThat(ended.err())
        .contains("max_email_per_day: found \"400\", expected at most 200 a day")
        .contains("; custom_tracking_url: found \"go.y z\", expected a host name")
        .contains("max_email_per_day: found \"forty\", expected a whole number");
  }

  @Test
  void aTextThatIsBlankLeavesTheSettingAlone() throws IOException {
    rows("id,team", "3,", "4,crm@example.com", "5,<clear>");

    assertThat(update("bcc={{team|}}").exitCode()).isZero();

    assertThat(api.updates()).containsExactly("4 {\"bcc\":\"crm@example.com\"}");
    assertThat(result(1, 1)).isEqualTo("1,2,3,skipped,,,,the row sets nothing,");
    api.forget();
    assertThat(update("bcc={{team|<clear>}}").exitCode()).isZero();
    assertThat(api.updates()).containsExactly();
  }

  @Test
  void aPlanShowsTheTextsAndIsAppliedWithThem() throws IOException {
    rows("id,first_name", "3,Anna", "4,Ben", "5,Carl");
    Path template = program.file("t.html", "<p>{{first_name}}, {{from_name}}</p>");

    Ended planned = run(with("plan", "signature=@t.html"));

    assertThat(planned.out())
        .contains(
            "line 2, account 3 (a3@example.com): signature \"<p>Anna</p>\" → \"<p>Anna, Anna</p>\"");
    assertThat(api.updates()).isEmpty();

    Files.writeString(template, "another one");
    api.account(4).put("from_name", "Bernd");
    Ended applied = run("update", "--plan", "1");

    assertThat(applied.exitCode()).isEqualTo(1);
    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "3 {\"signature\":\"<p>Anna, Anna</p>\"}", "5 {\"signature\":\"<p>Carl, Anna</p>\"}");
    assertThat(result(2, 2)).contains("failed", "has changed since the row was planned");
  }

  @Test
  void aRunIsResumedWithTheTextsThatItBeganWith() throws IOException {
    rows("id,first_name", "3,Anna", "4,Ben");
    Path template = program.file("t.html", "<p>{{first_name}}, {{from_name}}</p>");
    api.script = call -> call.isPage() ? null : new Answer(401, "{\"error\":\"no\"}");
    Ended stopped = update("signature=@t.html");
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(3);
    api.script = call -> null;
    api.forget();

    Files.writeString(template, "<p>{{first_name}}, somebody else " + "x".repeat(3_000) + "</p>");
    refused(
        update("signature=@t.html"),
        "run 1 of this file is unfinished and has other options",
        "--set signature=\"<p>{{first_name}}, {{from_name}}</p>",
        "--set signature=\"…{first_name}}, somebody else",
        "To resume it with its own options: ./run.sh resume 1 ");
    assertThat(update("signature=@t.html").err()).doesNotContain("x".repeat(100));

    assertThat(run("resume", "1").exitCode()).isZero();

    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "3 {\"signature\":\"<p>Anna, Anna</p>\"}", "4 {\"signature\":\"<p>Ben, Anna</p>\"}");
  }

  @Test
  void theSameTextsGoOnWithTheRun() throws IOException {
    rows("id,first_name", "3,Anna", "4,Ben");
    api.script = call -> call.isPage() ? null : new Answer(401, "{\"error\":\"no\"}");
    assertThat(update("signature={{first_name}}").exitCode()).isEqualTo(3);
    api.script = call -> null;

    Ended ended = update("signature={{first_name}}");

    assertThat(ended.err()).contains("Run 1: resuming rows.csv");
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void aRetrySetsWhatTheRunSetAndARollbackPutsItBack() throws IOException {
    rows("id,first_name", "3,Anna", "4,Ben");
    Path template = program.file("t.html", "<p>{{first_name}}, {{from_email}}</p>");
    api.script = call -> call.account() == 4 ? new Answer(422, "{\"error\":\"no\"}") : null;
    assertThat(update("signature=@t.html", "is_suspended=true").exitCode()).isEqualTo(1);
    api.script = call -> null;
    api.forget();
    Files.delete(template);

    assertThat(run("retry", "1").exitCode()).isZero();
    assertThat(api.updates())
        .containsExactly("4 {\"signature\":\"<p>Ben, a4@example.com</p>\",\"is_suspended\":true}");
    api.forget();

    run("rollback", "1");
    run("rollback", "2");
    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "3 {\"signature\":\"<p>Anna</p>\"}", "4 {\"signature\":\"<p>Anna</p>\"}");
  }

  @Test
  void theRowsThatFailedAreInputForTheSameCommand() throws IOException {
    rows("id,first_name", "3,", "4,Ben");
    assertThat(update("from_name={{first_name}}").exitCode()).isEqualTo(1);
    api.forget();
    Path failed = program.runFile(1, "failed.csv");
    Files.writeString(failed, Files.readString(failed).replace("3,,", "3,Anton,"));

    assertThat(run("update", failed.toString(), "--set", "from_name={{first_name}}").exitCode())
        .isZero();

    assertThat(api.updates()).containsExactly("3 {\"from_name\":\"Anton\"}");
  }

  @Test
  void aColumnThatIsUsedNeedsNotBeIgnored() throws IOException {
    rows("id,\"first, name\",from_name", "3,Anna,Anna Adler");

    assertThat(
            run(
                    "update",
                    "rows.csv",
                    "--ignore-columns",
                    "from_name",
                    "--set",
                    "signature={{first, name}} is {{from_name}}")
                .exitCode())
        .isZero();
    assertThat(api.updates()).containsExactly("3 {\"signature\":\"Anna is Anna Adler\"}");

    rows("id,first_name,first_name", "3,Anna,Ben");
    api.forget();
    assertThat(update("signature={{first_name}}").err())
        .contains("found two columns for {{first_name}}");
  }

  @Test
  void worksWithTheEmbeddedSandbox() throws IOException {
    rows("email,first_name", "anna@example.com,Anna");

    Ended ended =
        program.run(
            "plan", "rows.csv", "--sandbox", "--set", "signature={{first_name}} {{from_email}}");

    assertThat(ended.out()).contains("\"Anna anna@example.com\"");
  }
}
