package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CSVs that people hold go in as they are. */
class ForeignFilesTest extends AgainstFakeSmartlead {

  ForeignFilesTest() {
    super(20);
  }

  private static List<String> said(Ended ended) {
    return ended.err().lines().filter(line -> !line.startsWith("Run ")).toList();
  }

  @Test
  void smartLeadsMailboxTemplate() throws IOException {
    program.file(
        "rows.csv",
        "from_name,from_email,user_name,password,smtp_host,smtp_port,imap_host,imap_port,"
            + "max_email_per_day,custom_tracking_url,warmup_enabled,total_warmup_per_day,"
            + "daily_rampup,reply_rate_percentage,bcc,signature,different_reply_to_address,"
            + "imap_user_name,imap_password",
        "Ben,a4@example.com,u,p,h,587,h,993,41,,TRUE,40,,30,,,,u,p");

    Ended ended = run("update", "rows.csv");

    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":41,\"from_name\":\"Ben\"}");
    assertThat(said(ended))
        .containsExactly(
            "rows.csv: ignored 13 columns: user_name, password, smtp_host, smtp_port, imap_host,"
                + " imap_port, warmup_enabled, total_warmup_per_day, daily_rampup,"
                + " reply_rate_percentage, different_reply_to_address, imap_user_name,"
                + " imap_password; an update does not set them, and their cells are not kept",
            "warning: rows.csv: found warm-up settings in warmup_enabled, total_warmup_per_day,"
                + " reply_rate_percentage, which are not applied because this endpoint has no such settings");
    assertThat(ended.exitCode()).isZero();
    assertThat(run("update", "rows.csv", "--strict", "--force").exitCode()).isEqualTo(2);
    assertThat(run("update", "rows.csv", "-q")).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void theInstantlyFamily() throws IOException {
    program.file(
        "rows.csv",
        "Email,First Name,Last Name,IMAP Username,IMAP Password,IMAP Host,IMAP Port,SMTP Username,"
            + "SMTP Password,SMTP Host,SMTP Port,Daily Limit,Warmup Enabled,Warmup Limit,Warmup"
            + " Increment,Tracking Domain",
        "a4@example.com,Ada,Lovelace,u,p,h,993,u,p,h,587,30,,,,t.example.com");

    Ended ended = run("update", "rows.csv", "--set", "from_name={{First Name}} {{last_name}}");

    assertThat(api.updates())
        .containsExactly(
            "4 {\"max_email_per_day\":30,\"from_name\":\"Ada Lovelace\","
                + "\"custom_tracking_url\":\"t.example.com\"}");
    assertThat(said(ended))
        .containsExactly(
            "rows.csv: ignored 11 columns: IMAP Username, IMAP Password, IMAP Host, IMAP Port,"
                + " SMTP Username, SMTP Password, SMTP Host, SMTP Port, Warmup Enabled, Warmup Limit,"
                + " Warmup Increment; an update does not set them, and their cells are not kept");
  }

  @Test
  void aDumpOfTheAccountList() throws IOException {
    program.file(
        "rows.csv",
        "id,created_at,updated_at,user_id,from_name,from_email,username,password,smtp_host,"
            + "smtp_port,smtp_port_type,message_per_day,different_reply_to_address,"
            + "is_different_imap_account,imap_username,imap_password,imap_host,imap_port,"
            + "imap_port_type,signature,custom_tracking_domain,bcc_email,is_smtp_success,"
            + "is_imap_success,smtp_failure_error,imap_failure_error,type,daily_sent_count,client_id,"
            + "minTimeToWaitInMins,campaign_count,warmup_details.status,is_suspended",
        "4,2026,2026,9,Ben,a4@example.com,u,p,h,587,TLS,41,,false,u,p,h,993,TLS,<p>B</p>,,,true,"
            + "true,,,GMAIL,3,8.0,6,0,ACTIVE,FALSE");

    Ended ended = run("update", "rows.csv");

    assertThat(api.updates())
        .containsExactly(
            "4 {\"max_email_per_day\":41,\"from_name\":\"Ben\",\"signature\":\"<p>B</p>\","
                + "\"client_id\":8,\"time_to_wait_in_mins\":6,\"is_suspended\":false}");
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void googleAdminsUsers() throws IOException {
    program.file(
        "rows.csv",
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],"
            + "Password Hash Function [UPLOAD ONLY],Org Unit Path [Required],Recovery Email,"
            + "Status [READ ONLY],Change Password at Next Sign-In",
        "Ada,Lovelace,a4@example.com,****,,/,r@example.com,Active,FALSE");

    assertThat(
            run("update", "rows.csv", "--set", "from_name={{first_name}} {{last_name}}").exitCode())
        .isZero();

    assertThat(api.updates()).containsExactly("4 {\"from_name\":\"Ada Lovelace\"}");
    assertThat(run("update", "rows.csv").err())
        .isEqualToNormalizingNewlines(
            "error: rows.csv, line 1: found no setting, expected at least one of max_email_per_day,"
                + " from_name, custom_tracking_url, bcc, signature, client_id, time_to_wait_in_mins,"
                + " is_suspended\n");
  }

  @Test
  void otherNamesAreMapped() throws IOException {
    program.file("rows.csv", "Konto;Tageslimit;Anzeige, Name", "4;41;Ben");
    String[] options = {"--map", "Tageslimit=max_email_per_day;konto=id"};

    Ended ended =
        run("update", "rows.csv", options[0], options[1], "--map", "Anzeige, Name=From-Name");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":41,\"from_name\":\"Ben\"}");
    program.withConfig("map = Konto=id; Tageslimit=max_email_per_day; Anzeige, Name=from_name");
    api.forget();
    api.account(4).put("message_per_day", 1);
    assertThat(run("update", "rows.csv").exitCode()).isZero();
    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":41}");
  }

  @Test
  void aTemplateKnowsAMappedColumnByBothNames() throws IOException {
    program.file("rows.csv", "id,Quota,Vorname", "4,41,Ada");

    Ended ended =
        run(
            "update",
            "rows.csv",
            "--map",
            "Quota=max_email_per_day",
            "--set",
            "signature={{vorname}}: {{quota}} or {{max_email_per_day}}");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(api.updates())
        .containsExactly("4 {\"max_email_per_day\":41,\"signature\":\"Ada: 41 or 41\"}");
  }

  @Test
  void aNameThatNobodyKnowsIsNoNameToReadAColumnAs() throws IOException {
    program.file("rows.csv", "id,Wer,from_name", "4,Ben,Ben");

    assertThat(run("update", "rows.csv", "--map", "Wer=from_nam").err())
        .isEqualToNormalizingNewlines(
            """
            error: rows.csv, line 1: the header cannot be used
              column 2: found "Wer", which --map reads as "from_nam", expected a known name; the \
            nearest is from_name
              to ignore an unknown column: --ignore-columns wer
              to give a column a known name: --map "wer=NAME"
            """);
  }

  @Test
  void aRampPlanMayHaveTheirColumnsToo() throws IOException {
    program.file(
        "ramp.csv",
        "from_email,password,warmup_limit,from,start,step,cap",
        "a4@example.com,secret,5,2026-11-23,5,5,50");

    Ended ended = run("ramp", "ramp.csv", "--date", "2026-11-29", "--allow-decrease");

    assertThat(ended.err())
        .startsWith(
            "ramp.csv: ignored 2 columns: password, warmup_limit; an update does not set them,"
                + " and their cells are not kept"
                + System.lineSeparator()
                + "warning: ramp.csv: found warm-up settings in warmup_limit, which are not applied because this"
                + " endpoint has no such settings");
    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":35}");
    assertThat(Files.readString(program.runFile(1, "input.csv"))).doesNotContain("secret");
  }

  /** What is stored with the run names the columns again. */
  @Test
  void aRunWithOtherNamesCanBeRetried() throws IOException {
    program.file("rows.csv", "Konto,Limit", "99,41");
    assertThat(run("update", "rows.csv", "--map", "Konto=id;Limit=daily_limit").exitCode())
        .isEqualTo(1);
    api.add(99);

    assertThat(run("retry", "1").exitCode()).isZero();

    assertThat(api.updates()).endsWith("99 {\"max_email_per_day\":41}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "=id", "Konto=", "Konto = "})
  void whatIsNoMapping(String map) throws IOException {
    program.file("rows.csv", "id,from_name", "4,Ben");

    Ended ended = run("update", "rows.csv", "--map", map);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualToNormalizingNewlines(
            "error: --map: found \""
                + map
                + "\", expected THEIRS=OURS, such as \"Daily Limit=max_email_per_day\"\n");
  }

  @Test
  void aHeaderWithoutARowIsNoGoodNight() throws IOException {
    program.file("rows.csv", "id,from_name", ",", "");
    program.file("ramp.csv", "id,from,start,step,cap", ",,,,");
    String message =
        ": found a header without rows, expected a row for each account; if the file may be empty,"
            + " add --allow-empty\n";
    for (String command : List.of("update", "plan", "validate")) {
      Ended ended = command(command, "rows.csv");
      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err()).isEqualToNormalizingNewlines("error: rows.csv" + message);
      assertThat(command(command, "rows.csv", "--allow-empty").exitCode()).isZero();
    }
    Ended ramp = run("ramp", "ramp.csv");
    assertThat(ramp.exitCode()).isEqualTo(2);
    assertThat(ramp.err()).isEqualToNormalizingNewlines("error: ramp.csv" + message);
    assertThat(run("ramp", "ramp.csv", "--allow-empty").exitCode()).isZero();
    assertThat(api.updates()).isEmpty();
  }

  private Ended command(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(arguments));
    String[] line = all.toArray(String[]::new);
    return command.equals("validate") ? program.run(line) : run(line);
  }

  /** A nightly run would send them again each night. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "track.example.com",
        "https://track.example.com",
        "http://track.example.com/",
        "https://Track.Example.COM/",
        " track.example.com/ "
      })
  void trackingHostsThatAreTheSameAreNotSent(String cell) throws IOException {
    api.account(4).put("custom_tracking_domain", "http://track.example.com");
    program.file("rows.csv", "id,custom_tracking_url", "4," + cell);

    assertThat(run("update", "rows.csv").exitCode()).isZero();

    assertThat(api.updates()).isEmpty();
  }

  @Test
  void utf8ThatIsReadAsAnotherCharset() throws IOException {
    program.file("rows.csv", "id,from_name", "4,Zo\u00EB");
    program.withConfig("charset = windows-1252");
    String warning =
        "rows.csv: the file is valid UTF-8 but is read as windows-1252. If letters look wrong,"
            + " drop --charset, also in the config file";

    Ended ended = run("update", "rows.csv");

    assertThat(ended.err()).contains("warning: " + warning);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updates()).isEmpty();
    assertThat(run("update", "rows.csv", "--strict").exitCode()).isEqualTo(2);
    assertThat(program.run("validate", "rows.csv").err()).contains("warning: " + warning);
    Files.write(
        home.resolve("rows.csv"),
        "id,from_name\n4,Zo\u00EB\n".getBytes(Charset.forName("windows-1252")));
    Ended right = run("update", "rows.csv", "--strict");
    assertThat(said(right)).isEmpty();
    assertThat(api.updates()).containsExactly("4 {\"from_name\":\"Zo\u00EB\"}");
  }

  @Test
  void forExcelFilesBeginWithAMark() throws IOException {
    program.withConfig("excel = true");
    api.account(4).put("from_name", "Zo\u00EB");
    program.file("rows.csv", "id,from_name", "4,\u0141ukasz", "99,x");

    assertThat(run("export", "--out", "all.csv").exitCode()).isZero();
    assertThat(run("plan", "rows.csv").exitCode()).isEqualTo(0);
    assertThat(run("update", "rows.csv").exitCode()).isEqualTo(1);

    for (Path file :
        List.of(
            home.resolve("all.csv"),
            program.runFile(1, "plan.csv"),
            program.runFile(2, "results.csv"),
            program.runFile(2, "failed.csv"),
            program.runFile(2, "before.csv"))) {
      assertThat(Files.readString(file, StandardCharsets.UTF_8))
          .as("%s", file)
          .startsWith("\uFEFF");
      assertThat(Files.readString(file, StandardCharsets.UTF_8).indexOf('\uFEFF', 1)).isNegative();
    }
    assertThat(Files.readAllLines(program.runFile(2, "results.csv")).get(0))
        .isEqualTo(
            "\uFEFFrow,line,email_account_id,status,changed_fields,http_status,attempts,message,finished_at");
    assertThat(run("update", "all.csv").exitCode()).isZero();
    assertThat(run("rollback", "2").exitCode()).isZero();
    assertThat(api.account(4).get("from_name").stringValue()).isEqualTo("Zo\u00EB");
    assertThat(Files.readString(program.runFile(4, "results.csv"))).startsWith("\uFEFF");
  }

  @Test
  void withoutItNoneDoes() throws IOException {
    program.file("rows.csv", "id,from_name", "4,Ben", "99,x");

    run("update", "rows.csv");

    for (String name : List.of("results.csv", "failed.csv", "before.csv")) {
      assertThat(Files.readString(program.runFile(1, name))).as(name).doesNotContain("\uFEFF");
    }
  }
}
