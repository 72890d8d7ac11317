package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidateCommandTest {

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() {
    program = new TestProgram(home);
  }

  @Test
  void printsEveryProblemWithItsLineAndMakesNoState() throws IOException {
    program.file(
        "rows.csv", "id,max_email_per_day,client_id", "1,5,", "2,many,none", "3,,", "1,6,");

    Ended ended = program.run("validate", "rows.csv");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .isEqualToNormalizingNewlines(
            """
            id: found account 1 also in line 5, account 1 also in line 2, expected one row for each \
            account (--duplicates merge joins rows that agree): 2 rows, lines 2 and 5
            line 3, account 2: max_email_per_day: found "many", expected a whole number of 1 or more (0 only \
            with --allow-zero); client_id: found "none", expected a positive whole number, or \
            exactly <clear>; programs write this for a missing value: leave the cell \
            blank
            rows.csv: 4 rows: 0 valid, 3 invalid, 1 skipped
            """);
    assertThat(ended.err()).isEmpty();
    assertThat(home.resolve("var")).doesNotExist();
  }

  @Test
  void addressesAreEnoughToSayWhichAccount() throws IOException {
    program.file(
        "rows.csv",
        "from_email,max_email_per_day",
        "Anna@x.com,5",
        "b@x.com,5",
        ",5",
        "anna@x.com,6");

    Ended ended = program.run("validate", "rows.csv");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .isEqualToNormalizingNewlines(
            """
            from_email: found account Anna@x.com also in line 5, account anna@x.com also in line 2, \
            expected one row for each account (--duplicates merge joins rows that agree): 2 rows, \
            lines 2 and 5
            line 4: from_email: found a blank cell, expected the account's email address
            rows.csv: 4 rows: 1 valid, 3 invalid, 0 skipped
            """);
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void workspaceThatDoesNotExistIsAProblem() throws IOException {
    program.file("rows.csv", "workspace,id,max_email_per_day", ",1,5", "DEFAULT,2,5", "acme,1,5");

    Ended ended = program.run("validate", "rows.csv");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .isEqualToNormalizingNewlines(
            """
            line 4: workspace: found "acme", expected an existing workspace: default
            rows.csv: 3 rows: 2 valid, 1 invalid, 0 skipped
            """);
  }

  @Test
  void readsStandardInput() {
    Ended ended = program.withInput("id\tmax_email_per_day\n1\t5\n").run("validate", "-");

    assertThat(ended)
        .isEqualTo(
            new Ended(
                0,
                "standard input: 1 row: 1 valid, 0 invalid, 0 skipped" + System.lineSeparator(),
                ""));
  }

  @Test
  void saysNothingWhenQuietAndAllIsWell() {
    assertThat(program.withInput("id,bcc\n1,a@example.com\n").run("validate", "-", "-q"))
        .isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void printsOneJsonObject() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "1,5", "2,\"a \"\"b\"\"\"");

    Ended ended = program.run("validate", "rows.csv", "--json");

    JsonNode report = JsonMapper.shared().readTree(ended.out());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(report.get("valid").longValue()).isEqualTo(1);
    assertThat(report.get("problems"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    [{"row":2,"line":3,"column":"max_email_per_day","found":"\\"a \\"b\\"\\"",
                      "expected":"a whole number of 1 or more (0 only with --allow-zero)"}]
                    """));
  }

  @Test
  void anUnreadableFileIsWrongInput() throws IOException {
    program.file("rows.csv", "id,from_name", "1,\"Anna", "2,Ben");

    Ended ended = program.run("validate", "rows.csv");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("error: rows.csv, line 2").contains("quote");
  }

  @Test
  void readsAPipe() throws Exception {
    Path pipe = home.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.writeString(pipe, "id,max_email_per_day\n1,5\n");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    writer.start();

    assertThat(program.run("validate", "pipe").out())
        .startsWith("pipe: 1 row: 1 valid, 0 invalid, 0 skipped");
    writer.join();
  }

  @Test
  void veryLongHostsAndAddressesAreInvalidAndNotAFault() throws IOException {
    String labels = "a.".repeat(20_000) + "com";
    program.file("rows.csv", "id,custom_tracking_url,bcc", "1," + labels + ",x@" + labels);

    Ended ended = program.run("validate", "rows.csv");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .contains("line 2, account 1: custom_tracking_url: found")
        .contains("; bcc: found");
  }
}
