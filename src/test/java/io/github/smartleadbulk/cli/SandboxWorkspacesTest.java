package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The embedded sandbox has every workspace as long as none is set up. */
class SandboxWorkspacesTest extends TwoWorkspaces {

  private Ended update(String... rows) throws IOException {
    String[] lines = new String[rows.length + 1];
    lines[0] = "id,max_email_per_day,workspace";
    System.arraycopy(rows, 0, lines, 1, rows.length);
    program.file("rows.csv", lines);
    return program.run("update", "rows.csv", "--sandbox");
  }

  private void withoutWorkspaces() throws IOException {
    program.withConfig("rate = unlimited");
  }

  @Test
  void withoutAConfigEveryNameIsAWorkspace() throws IOException {
    withoutWorkspaces();

    Ended ended = update("1,7,hooli", "1,8,Initech", "1,9,");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(Files.readString(program.runFile(1, "results.csv")))
        .contains(",hooli\n", ",initech\n", ",default\n");
    Ended undone = program.run("rollback", "1");
    assertThat(undone.exitCode()).as(undone.err()).isZero();
    assertThat(undone.out()).contains("updated               3");
    assertThat(program.run("export", "--sandbox", "--workspace", "hooli").exitCode()).isZero();
  }

  @Test
  void whatCannotBeANameIsInvalidAllTheSame() throws IOException {
    withoutWorkspaces();

    Ended ended = update("1,7,hooli", "1,8,not a name");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .contains(
            "found \"not a name\"",
            "expected at most 40 letters, digits, hyphens and underscores, with a letter or digit"
                + " first");
    assertThat(program.run("export", "--sandbox", "--workspace", "not a name").err())
        .isEqualTo(
            "error: --workspace: there is no workspace \"not a name\". Expected at most 40"
                + " letters, digits, hyphens and underscores, with a letter or digit first.\n");
  }

  @Test
  void onceWorkspacesAreSetUpATypoIsAMistake() throws IOException {
    Ended ended = update("1,7,acme", "1,8,globax");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("the nearest is globex");
    assertThat(acme.offsets()).isEmpty();
  }

  @Test
  void withoutTheSandboxEveryNameNeedsAKey() throws IOException {
    withoutWorkspaces();
    program.file("rows.csv", "id,max_email_per_day,workspace", "1,7,hooli");

    assertThat(program.run("validate", "rows.csv").exitCode()).isEqualTo(1);
  }
}
