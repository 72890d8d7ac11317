package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A preview as a file. */
class RampPreviewOutTest {

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home);
    program.file(
        "ramp.csv",
        "id,email,from,start,step,cap",
        "1,anna@example.com,2026-11-26,5,5,30",
        ",=b@example.com,2026-11-28,98,1,100");
  }

  private Ended preview(String... more) {
    return program.run(
        Stream.concat(
                Stream.of("ramp", "ramp.csv", "--date", "2026-11-27", "--preview", "3"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void hasALineForEachAccountAndTheTotals() throws IOException {
    Ended ended = preview("--out", "preview.csv");

    assertThat(ended).isEqualTo(new Ended(0, "", "preview.csv: 2 accounts, 3 days\n"));
    Path file = home.resolve("preview.csv");
    assertThat(file)
        .hasContent(
            """
            line,email_account_id,from_email,2026-11-27,2026-11-28,2026-11-29
            2,1,anna@example.com,10,15,20
            3,,'=b@example.com,,98,99
            total,,,10,113,119
            """);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(home.resolve("var")).doesNotExist();
  }

  @Test
  void replacesAnEarlierPreviewAndNothingElse() throws IOException {
    assertThat(preview("--out", "preview.csv", "--excel").exitCode()).isZero();
    assertThat(Files.readString(home.resolve("preview.csv"))).startsWith("\uFEFFline,");
    assertThat(preview("--out", "preview.csv", "-q")).isEqualTo(new Ended(0, "", ""));
    assertThat(Files.readString(home.resolve("preview.csv"))).startsWith("line,");

    program.file("accounts.csv", "email_account_id,from_email,max_email_per_day", "1,,5");
    Ended ended = preview("--out", "accounts.csv");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            "error: --out accounts.csv: contains something other than a preview; delete it, or choose"
                + " another file\n");
    assertThat(home.resolve("accounts.csv")).content().endsWith("1,,5\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ramp.csv          | --out ramp.csv: is in use as
          ./link.csv        | --out ./link.csv: is in use as
          curves.properties | --out curves.properties: is in use as
          .                 | --out .: is a folder, expected a file
          nowhere/p.csv     | --out nowhere/p.csv: its folder does not exist
          var/p.csv         | --out var/p.csv: is in the state folder, which belongs to the program
          """)
  void destroysNothing(String out, String message) throws IOException {
    Files.createDirectories(home.resolve("var"));
    Files.createSymbolicLink(home.resolve("link.csv"), home.resolve("ramp.csv"));
    program.file("curves.properties", "usual = days: 5");
    String plan = Files.readString(home.resolve("ramp.csv"));

    Ended ended = preview("--out", out);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).startsWith("error: " + message);
    assertThat(home.resolve("ramp.csv")).hasContent(plan);
    assertThat(home.resolve("curves.properties")).hasContent("usual = days: 5\n");
  }

  @Test
  void comesWithJsonToo() {
    Ended ended = preview("--out", "preview.csv", "--json");

    assertThat(ended.out()).startsWith("{\"dates\":");
    assertThat(home.resolve("preview.csv")).exists();
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThat(program.run("ramp", "ramp.csv", "--out", "p.csv", "--sandbox").err())
        .isEqualTo("error: --out: this option needs --preview\n");
    assertThat(preview("--dry-run").err())
        .isEqualTo(
            "error: --preview cannot be combined with --dry-run: a preview reads no account\n");
    assertThat(home.resolve("var")).doesNotExist();
  }

  @Test
  void aPlanWithoutRowsHasTotalsOfNothing() throws IOException {
    program.file("ramp.csv", "id,from,start,step,cap");

    assertThat(preview("--out", "preview.csv", "--allow-empty").exitCode()).isZero();

    assertThat(home.resolve("preview.csv"))
        .hasContent(
            """
            line,email_account_id,from_email,2026-11-27,2026-11-28,2026-11-29
            total,,,,,
            """);
  }

  @ParameterizedTest
  @CsvSource({"40", "60", "80", "200"})
  void theTableFitsTheTerminal(int width) throws IOException {
    program.file(
        "ramp.csv",
        "id,email,from,start,step,cap",
        "1,somebody.with.a.long.name@a-long-domain.example.com,2026-11-26,5,5,200",
        "2,somebody.else.with.a.long.name@a-long-domain.example.com,2026-11-26,5,5,200");

    Ended ended =
        program
            .onTerminal(width)
            .run("ramp", "ramp.csv", "--date", "2026-11-27", "--preview", "60");

    assertThat(ended.out().lines()).allMatch(line -> line.length() <= width);
    assertThat(ended.out().lines().filter(line -> line.startsWith("total"))).hasSizeGreaterThan(1);
  }
}
