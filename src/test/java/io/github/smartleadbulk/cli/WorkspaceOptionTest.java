package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command uses the key and the server of the workspace that it is told, and no other. */
class WorkspaceOptionTest {

  @TempDir Path home;

  private TestProgram program;
  private FakeSmartlead acme;
  private FakeSmartlead globex;
  private final Set<String> keysAtAcme = new ConcurrentSkipListSet<>();
  private final Set<String> keysAtGlobex = new ConcurrentSkipListSet<>();

  @BeforeEach
  void workspaces() throws IOException {
    acme = FakeSmartlead.start(3);
    globex = FakeSmartlead.start(3);
    answer(acme, keysAtAcme, null);
    answer(globex, keysAtGlobex, null);
    program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key-of-default");
    program.withConfig(config());
    program.file("rows.csv", "id,max_email_per_day", "1,5", "2,6");
    keyFile("acme.key", "key-of-acme", "rw-------");
    keyFile("globex.key", "key-of-globex", "rw-------");
  }

  private String[] config(String... more) {
    String[] lines = java.util.Arrays.copyOf(more, more.length + 6);
    lines[more.length] = "rate = unlimited";
    lines[more.length + 1] = "workspace.acme.api-key-file = acme.key";
    lines[more.length + 2] = "workspace.acme.base-url = " + acme.url;
    lines[more.length + 3] = "workspace.Globex.api-key-file = globex.key";
    lines[more.length + 4] = "workspace.Globex.base-url = " + globex.url;
    lines[more.length + 5] = "workspace.keyless.base-url = " + globex.url;
    return lines;
  }

  private static void answer(FakeSmartlead server, Set<String> keys, Answer toUpdates) {
    server.script =
        call -> {
          keys.add(call.key());
          return call.isUpdate() ? toUpdates : null;
        };
  }

  private void keyFile(String name, String key, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        program.file(name, key), PosixFilePermissions.fromString(permissions));
  }

  @AfterEach
  void close() {
    acme.close();
    globex.close();
  }

  @Test
  void theKeyOfEachGoesToItsServerOnly() {
    Ended ended = program.run("update", "rows.csv", "--workspace", "ACME");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(program.run("export", "--workspace", "globex").exitCode()).isZero();

    assertThat(keysAtAcme).containsExactly("key-of-acme");
    assertThat(keysAtGlobex).containsExactly("key-of-globex");
    assertThat(acme.updated()).containsExactly(1L, 2L);
    assertThat(globex.updated()).isEmpty();
  }

  @Test
  void theOptionBeatsTheVariableAndTheVariableTheFile() throws IOException {
    program.withConfig(config("workspace = globex"));
    assertThat(program.run("export").exitCode()).isZero();
    assertThat(keysAtGlobex).containsExactly("key-of-globex");

    program.with("SMARTLEAD_WORKSPACE", "acme");
    assertThat(program.run("export").exitCode()).isZero();
    assertThat(keysAtAcme).containsExactly("key-of-acme");

    program.with("SMARTLEAD_BASE_URL", globex.url);
    assertThat(program.run("export", "--workspace", "default").exitCode()).isZero();
    assertThat(keysAtGlobex).containsExactly("key-of-default", "key-of-globex");
    assertThat(keysAtAcme).containsExactly("key-of-acme");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acmee | there is no workspace \"acmee\". Did you mean acme?",
        "gloBAX | there is no workspace \"gloBAX\". Did you mean Globex?",
        "other | there is no workspace \"other\". The workspaces are acme, default, Globex, keyless.",
      })
  void anUnknownNameIsRefusedWithTheNearestOrAll(String name, String expected) {
    for (String command : new String[] {"update rows.csv", "validate rows.csv", "export"}) {
      Ended ended = program.run((command + " --workspace " + name).split(" "));

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err())
          .isEqualToNormalizingNewlines("error: --workspace: " + expected + "\n");
    }
    assertThat(program.run("validate", "rows.csv", "--workspace", "acme").exitCode()).isZero();
  }

  @Test
  void withoutWorkspacesTheMessageHasTheLineToAdd() throws IOException {
    program.withConfig("rate = unlimited");

    assertThat(program.run("export", "--workspace", "acme").err())
        .contains(
            "The config file has no workspaces. To set one up, add the line workspace.acme.api-key-file = PATH to ",
            home.resolve("config/smartlead-bulk.properties").toString());
  }

  @Test
  void aWorkspaceWithoutAKeyIsRefusedWithTheLineToAdd() {
    Ended ended = program.run("update", "rows.csv", "--workspace", "keyless");

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err())
        .isEqualToNormalizingNewlines(
            "error: the workspace keyless has no API key: add the line"
                + " workspace.keyless.api-key-file = PATH to %s\n"
                    .formatted(home.resolve("config/smartlead-bulk.properties")));
    assertThat(home.resolve("var")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "blank"})
  void aKeyFileThatHoldsNoKeyIsNamedWithItsWorkspace(String how) throws IOException {
    if (how.equals("missing")) {
      Files.delete(home.resolve("acme.key"));
    } else {
      program.file("acme.key", "");
    }

    Ended ended = program.run("export", "--workspace", "acme");

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err()).startsWith("error: workspace acme: the API key ").contains("acme.key");
  }

  /** Either would send a key to the server of somebody else. */
  @Test
  void aKeyOrABaseUrlOnTheCommandLineIsRefused() {
    for (String[] option :
        new String[][] {{"--base-url", globex.url}, {"--api-key-file", "globex.key"}}) {
      Ended ended = program.run("update", "rows.csv", "--workspace", "acme", option[0], option[1]);

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err())
          .startsWith("error: " + option[0] + " cannot be combined with the workspace acme");
    }
    assertThat(keysAtAcme).isEmpty();
    assertThat(keysAtGlobex).isEmpty();
  }

  @Test
  void commandsInMessagesNameTheWorkspace() {
    answer(acme, keysAtAcme, new Answer(400, "{\"message\":\"no\"}"));
    Ended failed = program.run("update", "rows.csv", "--workspace", "acme");

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out())
        .contains("./run.sh retry 1 --workspace acme" + System.lineSeparator())
        .doesNotContain("--base-url");

    answer(acme, keysAtAcme, null);
    assertThat(program.run("retry", "1", "--workspace", "acme").exitCode()).isZero();
    assertThat(program.run("rollback", "2", "--workspace", "acme").exitCode()).isZero();
    assertThat(keysAtAcme).containsExactly("key-of-acme");
  }

  /** The run knows its workspace, and no other key goes to its server. */
  @Test
  void aRunOfAWorkspaceIsContinuedWithItsKeyOnly() {
    answer(acme, keysAtAcme, new Answer(400, "{\"message\":\"no\"}"));
    assertThat(program.run("update", "rows.csv", "--workspace", "acme").exitCode()).isEqualTo(1);

    assertThat(program.run("retry", "1").exitCode()).isEqualTo(1);
    assertThat(keysAtAcme).containsExactly("key-of-acme");
    for (String command : new String[] {"retry", "rollback"}) {
      Ended byGlobex = program.run(command, "1", "--workspace", "globex");
      assertThat(byGlobex.exitCode()).isEqualTo(2);
      assertThat(byGlobex.err())
          .isEqualToNormalizingNewlines(
              "error: run 1 has no rows for the workspace Globex: its rows are for acme\n");
    }
    assertThat(keysAtAcme).containsExactly("key-of-acme");
    assertThat(keysAtGlobex).isEmpty();
  }

  @Test
  void aRehearsalNeedsNoKey() {
    Ended ended = program.run("update", "rows.csv", "--workspace", "keyless", "--sandbox");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(keysAtGlobex).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rw-------,false", "r--------,false", "rw-r-----,true", "rw----r--,true"})
  void aKeyFileThatOthersCanReadIsAWarning(String permissions, boolean isWarning)
      throws IOException {
    keyFile("acme.key", "key-of-acme", permissions);
    keyFile("default.key", "key-of-default", permissions);

    for (String[] command :
        new String[][] {
          {"export", "--workspace", "acme"},
          {"export", "--api-key-file", "default.key", "--base-url", acme.url}
        }) {
      Ended ended = program.run(command);
      Path file = home.resolve(command[2].replace(".key", "") + ".key");

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.err().lines().filter(line -> line.startsWith("warning:")))
          .hasSize(isWarning ? 1 : 0)
          .allMatch(line -> line.endsWith(" To keep the key private: chmod 600 " + file));
    }
  }
}
