package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal whose accounts stay as they were left. */
class StoreOptionTest {

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void start() throws IOException {
    program = new TestProgram(home);
    program.file(
        "rows.csv",
        "from_email,max_email_per_day,from_name",
        "ann@example.com,33,Ann",
        "ben@example.com,34,Ben");
  }

  private Ended run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 3);
    all[arguments.length] = "--sandbox";
    all[arguments.length + 1] = "--store";
    all[arguments.length + 2] = "accounts.store";
    return program.run(all);
  }

  @Test
  void aSecondUpdateChangesNothing() {
    Ended first = run("update", "rows.csv");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("updated               2");

    assertThat(run("update", "rows.csv").out()).contains("unchanged             2");
    assertThat(program.run("update", "rows.csv", "--sandbox").out())
        .as("another sandbox")
        .contains("updated               2");
  }

  @Test
  void anExportShowsWhatWasChangedAndChangesNothing() throws IOException {
    assertThat(run("update", "rows.csv").exitCode()).isZero();

    Ended export = run("export", "--out", "all.csv");

    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(home.resolve("all.csv"))
        .content()
        .contains("ann@example.com,33,Ann,")
        .contains("ben@example.com,34,Ben,");
    assertThat(run("update", "all.csv").out())
        .contains("unchanged             2")
        .doesNotContain("updated");
  }

  @Test
  void aPlanIsAppliedAndARunRolledBack() {
    assertThat(run("plan", "rows.csv", "--detailed-exitcode").exitCode()).isEqualTo(2);
    assertThat(run("update", "--plan", "1").out()).contains("updated               2");
    assertThat(run("plan", "rows.csv", "--detailed-exitcode").exitCode()).isZero();

    Ended rollback = run("rollback", "2");

    assertThat(rollback.exitCode()).as(rollback.out()).isZero();
    assertThat(run("plan", "rows.csv", "--detailed-exitcode").exitCode()).isEqualTo(2);
  }

  /** As a plan of a rehearsal and the rollback of one say it: with all that they need. */
  @Test
  void whatThePlanNamesNamesTheStore() {
    assertThat(run("plan", "rows.csv").out())
        .contains("To apply exactly this plan: ./run.sh update --plan 1 --store accounts.store");

    assertThat(program.run("update", "--plan", "1", "--store", "accounts.store").exitCode())
        .isZero();

    assertThat(run("plan", "rows.csv", "--detailed-exitcode").exitCode()).isZero();
  }

  @Test
  void isForSandboxesOnly() throws IOException {
    program.file("letter.txt", "Dear Sir or Madam");

    assertThat(program.run("update", "rows.csv", "--store", "accounts.store").exitCode())
        .isEqualTo(2);
    Ended letter = program.run("export", "--sandbox", "--store", "letter.txt");
    assertThat(letter.exitCode()).isEqualTo(2);
    assertThat(letter.err()).startsWith("error: ").contains("letter.txt");
    assertThat(home.resolve("letter.txt")).hasContent("Dear Sir or Madam");
  }
}
