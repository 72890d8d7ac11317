package io.github.smartleadbulk.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Most CSVs that people hold have passwords in them: nothing of these stays anywhere. */
class PassedOverPasswordsTest extends AgainstFakeSmartlead {

  /** Every planted one has this in it. */
  private static final String SECRET = "hunter2";

  private static final String SMARTLEAD =
      "from_name,from_email,user_name,password,smtp_host,smtp_port,imap_host,imap_port,"
          + "max_email_per_day,custom_tracking_url,warmup_enabled,total_warmup_per_day,daily_rampup,"
          + "reply_rate_percentage,bcc,signature,different_reply_to_address,imap_user_name,"
          + "imap_password";

  PassedOverPasswordsTest() {
    super(20);
  }

  @BeforeEach
  void config() throws IOException {
    program.withConfig("snapshot-age = 10m");
  }

  private static String row(int account, String limit, String password) {
    return "Ben,a%d@example.com,u,%s,h,587,h,993,%s,,,,,,,,,u,%s"
        .formatted(account, password, limit, password);
  }

  /** Rows that are sent, that fail, that are invalid, that are moved, that are cut off. */
  private static List<String> rows() {
    return List.of(
        SMARTLEAD,
        row(4, "41", SECRET),
        row(5, "no", SECRET),
        row(99, "42", SECRET),
        row(6, "43", "\"" + SECRET + ",\n" + SECRET + "\""),
        "Ben,Extra,a7@example.com,u," + SECRET + ",h,587,h,993,41,,,,,,,,,u," + SECRET,
        "Ben,a8@example.com,u," + SECRET,
        row(9, "44", "\"a\"\"" + SECRET + "\"\"\""));
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, false", "UTF-8, true", "UTF-16LE, true", "windows-1252, false"})
  void nothingOfThemIsKeptOrTold(String charset, boolean mark, @TempDir Path elsewhere)
      throws IOException {
    Path file = elsewhere.resolve("mailboxes.csv");
    String text = (mark ? "\uFEFF" : "") + String.join("\r\n", rows()) + "\r\n";
    Files.write(file, text.getBytes(Charset.forName(charset)));
    String[] update = {"update", file.toString(), "-v"};
    program.withConfig("charset = " + (charset.equals("UTF-16LE") ? "UTF-8" : charset));

    assertNothing(api.run(program, "plan", file.toString(), "--json", "-v"));
    assertNothing(api.run(program, update));
    assertThat(api.updated()).containsExactly(4L, 6L, 8L, 9L);
    assertNothing(api.run(program, "retry", "2", "-v"));
    assertNothing(api.run(program, "update", program.runFile(2, "failed.csv").toString(), "-v"));
    assertNothing(program.run("validate", file.toString(), "-v"));
    assertNothing(program.run("validate", file.toString(), "--json"));
    assertNothing(program.run("show", "2"));
    assertNothingIsKept();
  }

  @Test
  void nothingOfThemIsKeptFromStandardInput() throws IOException {
    program.withInput(String.join("\n", rows()));

    assertNothing(api.run(program, "update", "-", "-v"));

    assertThat(api.updated()).containsExactly(4L, 6L, 8L, 9L);
    assertNothingIsKept();
  }

  /** What cannot be read as CSV to its end, or has a wrong byte in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ben,\"a4@example.com,u,hunter2",
        "\"Ben\"x,a4@example.com,u,hunter2",
        "Ben,a4@example.com,u,\"hunter2",
        "Ben,a4@example.com,u,\"hunter2\"hunter2",
        "Ben,a4@example.com,u,hunter2,\u0000",
      })
  void nothingOfThemIsKeptOfAFileThatIsRefused(String row) throws IOException {
    program.withInput(SMARTLEAD + "\n" + row + "\n" + row(5, "40", SECRET) + "\n");

    Ended ended = api.run(program, "update", "-", "-v");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("input.csv, line ");
    assertNothing(ended);
    assertNothingIsKept();
  }

  /** A comma too many moves a password behind the header; the row must not look whole then. */
  @Test
  void aMovedRowStaysInvalidHoweverOftenItIsTriedAgain() throws IOException {
    program.withInput("id,from_name,password\n4,Roe, Jane," + SECRET + "\n");
    assertNothing(run("update", "-"));
    for (int run = 1; run < 4; run++) {
      assertThat(run("update", program.runFile(run, "failed.csv").toString()).exitCode())
          .isEqualTo(1);
    }

    assertThat(Files.readString(program.runFile(4, "failed.csv")))
        .isEqualTo(
            """
            id,from_name,password,_status,_message
            4,Roe,,invalid,"found 6 cells, expected 5 as in the header; look for a missing or extra quote or delimiter",*
            """);
    assertThat(api.updates()).isEmpty();
    assertNothingIsKept();
  }

  @Test
  void columnsThatTheUserIgnoresAreNotKeptEither() throws IOException {
    program.withInput("id,max_email_per_day,Geheim\n4,41," + SECRET + "\n5,no," + SECRET + "\n");

    assertNothing(api.run(program, "update", "-", "--ignore-columns", "geheim"));

    assertThat(Files.readString(program.runFile(1, "input.csv")))
        .isEqualTo("id,max_email_per_day,Geheim\n4,41,*******\n5,no,*******\n");
    assertThat(Files.readString(program.runFile(1, "failed.csv")))
        .startsWith("id,max_email_per_day,Geheim,_status,_message\n5,no,,invalid,");
    assertNothingIsKept();
  }

  /**
   * Lines, cells and bytes keep their places, so that messages about the copy hold for the file.
   */
  @Test
  void everythingElseStandsInTheCopyAsItWas() throws IOException {
    program.withInput(
        lines(
            "\uFEFFid;password;_note;from_name",
            "4; \"ab\r\nc\" ;x;\"An;na\"",
            ";;;",
            "5;äß€\uD83D\uDE00;  y ; Ben ",
            "6;\"p\"\"w\";z;Carl;;",
            "7;a;b;c;moved"));

    assertThat(api.run(program, "update", "-").exitCode()).isEqualTo(1);

    assertThat(Files.readString(program.runFile(1, "input.csv")))
        .isEqualTo(
            lines(
                "\uFEFFid;password;_note;from_name",
                "4; \"**\r\n*\" ;x;\"An;na\"",
                ";;;",
                "5;***********;  y ; Ben ",
                "6;\"*\"\"*\";z;Carl;;",
                "7;*;*;c;moved"));
    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "4 {\"from_name\":\"An;na\"}",
            "5 {\"from_name\":\" Ben \"}",
            "6 {\"from_name\":\"Carl\"}");
  }

  /** What a template names is needed for as long as the run can go on. */
  @Test
  void whatATemplateNamesIsKept() throws IOException {
    program.file(
        "rows.csv",
        "Email Address [Required],First Name [Required],Password [Required]",
        "a4@example.com,Ada," + SECRET,
        "x@example.com,Bea," + SECRET);

    Ended ended =
        api.run(
            program, "update", "rows.csv", "--set", "from_name={{first_name}} {{email_address}}");

    assertThat(api.updates()).containsExactly("4 {\"from_name\":\"Ada a4@example.com\"}");
    assertThat(Files.readString(program.runFile(1, "input.csv")))
        .isEqualTo(
            """
            Email Address [Required],First Name [Required],Password [Required]
            a4@example.com,Ada,*******
            x@example.com,Bea,*******
            """);
    assertThat(ended.err())
        .contains(
            "rows.csv: ignored 1 column: Password [Required]; an update does not set it, and"
                + " their cells are not kept");
    api.add(50).put("from_email", "x@example.com");
    assertThat(api.run(program, "retry", "1").exitCode()).isZero();
    assertThat(api.updates()).contains("50 {\"from_name\":\"Bea x@example.com\"}");
  }

  /** Another password is no other content: the same settings are asked for. */
  @Test
  void anInterruptedRunIsKnownAgainAndGoesOn() throws IOException {
    program.file("rows.csv", "id,max_email_per_day,password", "4,41,one", "5,42,two");
    api.script =
        call -> call.account() == 5 ? new FakeSmartlead.Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(api.run(program, "update", "rows.csv", "--concurrency", "1").exitCode())
        .isEqualTo(3);
    api.script = call -> null;
    program.file("rows.csv", "id,max_email_per_day,password", "4,41,one", "5,42,six");

    Ended ended = api.run(program, "update", "rows.csv");

    assertThat(ended.err()).contains("Run 1: resuming rows.csv");
    assertThat(ended.exitCode()).isZero();
    // The refused one gets a second look, since the key had worked.
    assertThat(api.updated()).containsExactly(4L, 5L, 5L, 5L);
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  private static void assertNothing(Ended ended) {
    assertThat(ended.out() + ended.err()).isNotEmpty().doesNotContain(SECRET);
  }

  private void assertNothingIsKept() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all)
          .extracting(file -> file.getFileName().toString())
          .anyMatch(name -> name.matches("state-[0-9]+\\.mv\\.db"))
          .contains("journal");
      for (Path file : all) {
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, ISO_8859_1)).as("%s", file).doesNotContain(SECRET);
        assertThat(new String(bytes, UTF_16LE)).as("%s", file).doesNotContain(SECRET);
        assertThat(new String(bytes, ISO_8859_1))
            .as("%s", file)
            .doesNotContain(new String(SECRET.getBytes(UTF_16LE), ISO_8859_1));
      }
    }
  }
}
