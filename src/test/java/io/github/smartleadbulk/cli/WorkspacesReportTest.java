package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run of several workspaces says of each. */
final class WorkspacesReportTest {

  @TempDir private Path home;

  private FakeSmartlead acme;
  private FakeSmartlead globex;
  private TestProgram program;

  @BeforeEach
  void workspaces() throws IOException {
    acme = FakeSmartlead.start(3);
    globex = FakeSmartlead.start(3);
    program = new TestProgram(home);
    program.withConfig(
        "rate = unlimited",
        "workspace.acme.api-key-file = acme.key",
        "workspace.acme.base-url = " + acme.url,
        "workspace.globex.api-key-file = globex.key",
        "workspace.globex.base-url = " + globex.url);
    for (String name : new String[] {"acme", "globex"}) {
      Files.setPosixFilePermissions(
          program.file(name + ".key", "key-of-" + name),
          PosixFilePermissions.fromString("rw-------"));
    }
    program.file(
        "rows.csv", "id,max_email_per_day,workspace", "1,5,acme", "1,6,globex", "2,7,acme");
  }

  @AfterEach
  void close() {
    acme.close();
    globex.close();
  }

  private static JsonNode workspaces(String json) {
    return JsonMapper.shared().readTree(json).get("workspaces");
  }

  @Test
  void aRefusedKeyIsToldAtOnceAndInTheReport() throws IOException {
    globex.script = call -> new Answer(401, "{\"message\": \"bad key\"}");

    Ended ended = program.run("update", "rows.csv");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
    assertThat(ended.err())
        .containsOnlyOnce("warning: workspace globex stopped: ")
        .containsPattern("workspace globex stopped: .*bad key.*\\. The others go on\\.\\R")
        .contains("error: workspace globex: ")
        .contains("To resume run 1: ");
    assertThat(ended.out())
        .contains("against 2 workspaces of ")
        .containsPattern("\\R  2 workspaces: 1 done, 1 stopped\\R  acme +2 updated; 3 calls\\R")
        .containsPattern("\\R  globex +1 open; 1 call; stopped: .*bad key");
    JsonNode summary = workspaces(Files.readString(program.runFile(1, "summary.json")));
    assertThat(summary.get(0).get("counts").get("updated").asInt()).isEqualTo(2);
    assertThat(summary.get(0).get("stopped").isNull()).isTrue();
    assertThat(summary.get(1).get("name").asString()).isEqualTo("globex");
    assertThat(summary.get(1).get("counts").get("open").asInt()).isEqualTo(1);
    assertThat(summary.get(1).get("exit_code").asInt()).isEqualTo(3);
    assertThat(workspaces(program.run("show", "1", "--json").out())).isEqualTo(summary);
  }

  @Test
  void aResumeCountsTheRowsOfAllProcesses() throws IOException {
    globex.script = call -> new Answer(401, "{\"message\": \"bad key\"}");
    program.run("update", "rows.csv");
    globex.script = call -> null;

    Ended ended = program.run("resume", "1");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).doesNotContain("stopped");
    assertThat(ended.out())
        .containsPattern("\\R  2 workspaces: 2 done\\R  acme +2 updated; ")
        .containsPattern("\\R  globex +1 updated; ")
        .doesNotContain("stopped: ");
    assertThat(workspaces(program.run("show", "1", "--json").out()))
        .isEqualTo(workspaces(Files.readString(program.runFile(1, "summary.json"))));
  }

  @Test
  void aPlanSaysWhatChangesInWhichWorkspace() {
    Ended ended = program.run("plan", "rows.csv");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("against 2 workspaces of ")
        .containsPattern("\\R  acme +2 to change\\R  globex +1 to change\\R")
        .contains("  line 3, account 1 in workspace globex (");
    JsonNode plan = JsonMapper.shared().readTree(program.run("plan", "rows.csv", "--json").out());
    assertThat(plan.get("accounts").get(1).get("workspace").asString()).isEqualTo("globex");
    assertThat(plan.get("workspaces").toString())
        .isEqualTo(
            "[{\"name\":\"acme\",\"counts\":{\"to_change\":2}},"
                + "{\"name\":\"globex\",\"counts\":{\"to_change\":1}}]");
  }

  @Test
  void theQuestionNamesTheNumberOfWorkspacesAndTheirTargets() {
    Ended ended = program.answering("n\n").run("update", "rows.csv");

    String targets = Stream.of(acme.url, globex.url).sorted().collect(joining(", "));
    assertThat(ended.err())
        .contains("This changes 3 accounts in 2 workspaces of " + targets + ":")
        .contains("Run 1: rows.csv against 2 workspaces of " + targets);
    assertThat(acme.updated()).isEmpty();
  }

  @Test
  void theOnlyWorkspaceIsNamedInTheSummary() throws IOException {
    program.file("one.csv", "id,max_email_per_day", "1,5");
    program.run("update", "one.csv", "--workspace", "acme");

    JsonNode summary =
        JsonMapper.shared().readTree(Files.readString(program.runFile(1, "summary.json")));
    assertThat(summary.get("workspace").asString()).isEqualTo("acme");
    assertThat(summary.has("workspaces")).isFalse();
  }

  private Ended onTerminal(int height) throws IOException {
    program.file(
        "many.csv",
        "id,max_email_per_day,workspace",
        IntStream.range(1, 14).mapToObj(id -> id + ",5,acme").collect(joining("\n")),
        "1,5,globex");
    return program
        .onTerminal(height, 150)
        .run("update", "many.csv", "--sandbox", "--rate", "10/2s");
  }

  @Test
  void aHighTerminalHasALineForEachWorkspaceThatIsGoneAtTheEnd() throws IOException {
    Ended ended = onTerminal(24);

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .containsPattern(
            "\r\\d of 14 rows, .*\u001B\\[K\nacme: \\d of 13 rows, window of 8/2s full until"
                + " \\d\\d:\\d\\d:\\d\\d\u001B\\[K\nglobex: 1 of 1 row, done\u001B\\[J\u001B\\[2A")
        .doesNotContain("2 workspaces (")
        .endsWith("\u001B[2A\r\u001B[J");
  }

  @Test
  void aLowTerminalHasOneLineOfAllWorkspaces() throws IOException {
    Ended ended = onTerminal(3);

    assertThat(ended.err())
        .contains("2 workspaces (1 waiting, 1 done)")
        .doesNotContain("acme: ")
        .doesNotContain("\u001B[J");
  }
}
