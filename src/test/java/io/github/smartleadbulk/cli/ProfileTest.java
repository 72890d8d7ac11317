package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {

  @TempDir Path home;

  private TestProgram program;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home).withConfig("rate = 7/s", "reserve = 30");
    profile("client-a", "rate = 5/s");
    profile("client-b", "rate = 4/s");
    program.file("rows.csv", "id,max_email_per_day", "10000001,5", "10000002,many");
  }

  private void profile(String name, String... lines) throws IOException {
    Files.writeString(
        home.resolve("config").resolve(name + ".properties"), String.join("\n", lines) + "\n");
  }

  private String error(String... arguments) {
    Ended ended = program.run(arguments);
    assertThat(ended.exitCode()).isEqualTo(2);
    return ended.err().strip();
  }

  @Test
  void aProfileOverridesTheConfigFile() {
    program.with("SMARTLEAD_PROFILE", "client-b");

    assertThat(program.run("config", "show").out())
        .containsPattern("rate +4/s +.*client-b.properties, line 1\n")
        .containsPattern("reserve +30 +.*smartlead-bulk.properties, line 2\n");
    assertThat(program.run("config", "show", "--profile", "client-a").out())
        .containsPattern("rate +5/s +.*client-a.properties, line 1\n");
  }

  @Test
  void anImpossibleNameIsRefused() {
    assertThat(error("runs", "--profile", "../client-a"))
        .isEqualTo(
            "error: --profile: found \"../client-a\", expected at most 40 letters, digits, hyphens"
                + " and underscores, with a letter or digit first");
  }

  @Test
  void aMissingProfileIsRefusedWithThoseThatAreThere() {
    assertThat(error("runs", "--profile", "client-c"))
        .isEqualTo(
            "error: there is no profile client-c: %s does not exist. The profiles are client-a, client-b."
                .formatted(home.resolve("config/client-c.properties")));
    assertThat(error("runs", "--profile", "smartlead-bulk")).contains("there is no profile");
  }

  /** A guard of the profile must hold whatever an argument looks like. */
  @Test
  void noArgumentHidesTheProfile() throws IOException {
    profile("client-a", "max-changes = 1");
    program.file("@args", "id,max_email_per_day", "10000001,5", "10000002,5");
    program.file("-h", "id,max_email_per_day", "10000001,6", "10000002,6");
    program.file("args", "--profile client-b");

    for (String file : new String[] {"@args", "-h"}) {
      assertThat(program.run("update", "--sandbox", "--profile", "client-a", "--", file).exitCode())
          .as(file)
          .isEqualTo(4);
    }
    assertThat(error("update", "rows.csv", "--sandbox", "@args"))
        .contains("unexpected argument: @args");
  }

  @Test
  void aMistakeNamesTheFileOfTheProfile() throws IOException {
    profile("client-a", "ratte = 5/s");

    assertThat(error("runs", "--profile=client-a"))
        .contains(home.resolve("config/client-a.properties") + ", line 1: ratte: no such setting");
  }

  @Test
  void aRunIsTakenUpAgainOnlyWithItsProfile() {
    assertThat(program.run("update", "rows.csv", "--sandbox", "--profile", "client-a").exitCode())
        .isEqualTo(1);

    for (String command : new String[] {"retry", "rollback", "resume"}) {
      assertThat(error(command, "1", "--sandbox"))
          .isEqualTo(
              "error: run 1 was made with the profile client-a, and none is set. Nothing was sent."
                  + " To take up the run, add --profile client-a");
      assertThat(error(command, "1", "--sandbox", "--profile", "client-b"))
          .contains("and the profile client-b is set");
    }
    assertThat(program.run("rollback", "1", "--sandbox", "--profile", "client-a").exitCode())
        .isZero();
    assertThat(program.run("show", "1").out()).contains("--profile client-a");
  }

  @Test
  void aRunWithoutAProfileIsNotTakenUpWithOne() {
    program.run("update", "rows.csv", "--sandbox");

    assertThat(error("rollback", "1", "--sandbox", "--profile", "client-a"))
        .isEqualTo(
            "error: run 1 was made without a profile, and the profile client-a is set. Nothing was"
                + " sent. To take up the run, leave out --profile and unset SMARTLEAD_PROFILE");
  }

  @Test
  void aPlanIsAppliedOnlyWithItsProfile() {
    assertThat(program.run("plan", "rows.csv", "--sandbox", "--profile", "client-a").out())
        .contains("update --plan 1 --profile client-a");

    assertThat(error("update", "--plan", "1", "--sandbox"))
        .contains("run 1 was made with the profile client-a");
  }

  @Test
  void aKeyInAVariableDoesNotOverrideTheKeyOfAProfileSilently() throws IOException {
    profile("client-a", "api-key-file = client-a.key");
    program.with("SMARTLEAD_API_KEY", "of-client-b");

    assertThat(error("update", "rows.csv", "--profile", "client-a"))
        .isEqualTo(
            "error: the profile client-a has an api-key-file, and the variable SMARTLEAD_API_KEY"
                + " gives a key too. Nothing was sent. Unset the variable, or choose the key with"
                + " --api-key-file");
  }
}
