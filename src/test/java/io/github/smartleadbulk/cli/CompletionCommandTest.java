package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home).with("SMARTLEAD_PROGRAM", "/usr/bin/smartlead-bulk");
    program.withConfig("workspace.acme.api-key-file = acme.key");
    program.file("rows.csv", "id,max_email_per_day,Notes,Two words", "10000001,5,,");
  }

  private List<String> listed(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "completion";
    all[1] = "--list";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    Ended ended = program.run(all);
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).isEmpty();
    return ended.out().lines().toList();
  }

  @Test
  void wordsThatDependOnTheStateAreListed() {
    assertThat(listed("runs")).isEmpty();
    program.run("update", "rows.csv", "--sandbox", "--ignore-columns", "Notes,Two words");
    program.run("plan", "rows.csv", "--sandbox", "--ignore-columns", "Notes,Two words");

    assertThat(listed("runs")).containsExactly("2", "1");
    assertThat(listed("workspaces")).containsExactly("default", "acme");
    assertThat(listed("columns", "--of", "rows.csv"))
        .containsExactly("id", "max_email_per_day", "Notes");
  }

  @Test
  void anErrorIsNoWord() {
    assertThat(listed("columns", "--of", "gone.csv")).isEmpty();
    assertThat(listed("runs", "--state-dir", "gone")).isEmpty();
  }

  @Test
  void anUnknownShellIsRefused() {
    assertThat(program.run("completion", "powershell").err())
        .startsWith("error: SHELL: found \"powershell\", expected bash, zsh or fish");
    assertThat(program.run("completion").exitCode()).isEqualTo(2);
  }

  @Test
  void zshReadsTheScriptForBashAndKnowsWhoseItIs() {
    assertThat(program.run("completion", "zsh").out())
        .isEqualTo("#compdef smartlead-bulk\n" + program.run("completion", "bash").out());
  }

  @Test
  void fishHasEachCommandAndItsWords() {
    assertThat(program.run("completion", "fish").out().lines())
        .contains(
            "complete -c smartlead-bulk -f",
            "complete -c smartlead-bulk -n '__fish_seen_subcommand_from resume' -a"
                + " '(__smartlead_bulk runs)'",
            "complete -c smartlead-bulk -n '__fish_seen_subcommand_from schedule' -a 'add update"
                + " list run remove'")
        .noneMatch(line -> line.contains("-l list"))
        .anyMatch(
            line ->
                line.startsWith(
                    "complete -c smartlead-bulk -n '__fish_seen_subcommand_from help' -a 'update "))
        .anyMatch(
            line ->
                line.startsWith(
                    "complete -c smartlead-bulk -n '__fish_seen_subcommand_from update' -l snapshot"
                        + " -x -a 'auto full none' -d '"));
  }

  @Test
  @DisabledIfSystemProperty(
      named = "state",
      matches = "postgresql",
      disabledReason = "the program that the script calls has a folder")
  void bashCompletesWhatItIsGiven() throws IOException, InterruptedException {
    program.run("update", "rows.csv", "--sandbox", "--ignore-columns", "Notes,Two words");
    program.file("other.properties", "workspace.globex.api-key-file = globex.key");
    Files.copy(home.resolve("rows.csv"), home.resolve("my rows.csv"));
    prepareBash();

    assertThat(completed("re")).isEqualTo("resume retry report results");
    assertThat(completed("update", "--rat")).isEqualTo("--rate");
    assertThat(completed("update", "--snapshot", "")).isEqualTo("auto full none");
    assertThat(completed("schedule", "a")).isEqualTo("add");
    assertThat(completed("help", "up")).isEqualTo("update");
    assertThat(completed("resume", "")).isEqualTo("1");
    assertThat(completed("update", "--workspace", "a")).isEqualTo("acme");
    assertThat(completed("update", "--workspace=a")).isEqualTo("acme");
    assertThat(completed("update", "--workspace=")).isEqualTo("default acme");
    assertThat(completed("update", "--config=other.properties", "--workspace", "g"))
        .isEqualTo("globex");
    assertThat(completed("update", "rows.csv", "--ignore-columns", "N")).isEqualTo("Notes");
    assertThat(completed("update", "my\\ rows.csv", "--map", "N")).isEqualTo("Notes");
    assertThat(completed("update", "\"my rows.csv\"", "--map", "N")).isEqualTo("Notes");
  }

  /** Whoever makes a CSV must not decide what happens when somebody presses Tab. */
  @Test
  void bashDoesNotExecuteWhatIsInAFile() throws IOException, InterruptedException {
    program.file(
        "rows.csv", "id,$(touch${IFS}made),`touch${IFS}made`,*,bell\u0007,\u202Eback", "1,,,,,");
    prepareBash();

    assertThat(completed("update", "rows.csv", "--map", ""))
        .isEqualTo("id \\$\\(touch\\$\\{IFS\\}made\\) \\`touch\\$\\{IFS\\}made\\` \\*");
    assertThat(completed("update", "$(touch${IFS}made).csv", "--map", "")).isEmpty();
    assertThat(home.resolve("made")).doesNotExist();
  }

  private void prepareBash() throws IOException {
    assumeTrue(Files.isExecutable(BASH), "there is no bash");
    program.file("completion.bash", program.run("completion", "bash").out());
    Path launcher =
        program.file(
            "smartlead-bulk",
            "#!/bin/sh",
            "exec '%s' -Dsmartlead.home='%s' -cp '%s' %s \"$@\""
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    home,
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
  }

  /** What bash offers for the last of these words, which it also splits at "=". */
  private String completed(String... words) throws IOException, InterruptedException {
    String script =
        """
        compopt() { :; }
        source ./completion.bash
        COMP_LINE=$1
        shift
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _smartlead_bulk "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        echo "${COMPREPLY[*]}"
        """;
    List<String> command = new ArrayList<>(List.of(BASH.toString(), "-c", script, "-"));
    String launcher = home.resolve("smartlead-bulk").toString();
    command.addAll(List.of(launcher + " " + String.join(" ", words), launcher));
    for (String word : words) {
      command.addAll(List.of(word.split("(?==)|(?<==)")));
    }
    Process bash = new ProcessBuilder(command).directory(home.toFile()).start();
    bash.getOutputStream().close();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(bash.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(err).isZero();
    assertThat(err).isEmpty();
    return out.strip();
  }
}
