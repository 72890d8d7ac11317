package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the history says about a run in three workspaces, of which one refuses every change. */
class WorkspaceHistoryTest {

  @TempDir Path home;

  private TestProgram program;
  private FakeSmartlead usual;
  private FakeSmartlead acme;
  private FakeSmartlead globex;

  @BeforeEach
  void threeWorkspaces() throws IOException {
    usual = FakeSmartlead.start(3);
    acme = FakeSmartlead.start(3);
    globex = FakeSmartlead.start(3);
    globex.script = call -> call.isUpdate() ? new Answer(400, "{\"message\":\"no\"}") : null;
    program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key");
    List<String> config = new ArrayList<>(List.of("rate = 1000/h", "reserve = 0"));
    config.add("base-url = " + usual.url);
    for (String name : List.of("acme", "globex")) {
      Files.setPosixFilePermissions(
          program.file(name + ".key", "key-of-" + name),
          PosixFilePermissions.fromString("rw-------"));
      config.add("workspace.%s.api-key-file = %s.key".formatted(name, name));
    }
    config.add("workspace.acme.base-url = " + acme.url);
    config.add("workspace.acme.rate = 100/h");
    config.add("workspace.globex.base-url = " + globex.url);
    program.withConfig(config.toArray(String[]::new));
    program.file(
        "rows.csv", "id,max_email_per_day,workspace", "1,5,acme", "1,6,globex", "2,7,", "2,8,acme");
  }

  @AfterEach
  void close() {
    usual.close();
    acme.close();
    globex.close();
  }

  private Ended run(int exitCode, String... arguments) {
    Ended ended = program.run(arguments);
    assertThat(ended.exitCode()).as(ended.err() + ended.out()).isEqualTo(exitCode);
    return ended;
  }

  private JsonNode json(int exitCode, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    return JsonMapper.shared().readTree(run(exitCode, all).out());
  }

  private Ended update() {
    return run(1, "update", "rows.csv");
  }

  @Test
  void runsAreChosenByWorkspace() throws IOException {
    update();
    program.file("own.csv", "id,max_email_per_day", "3,9");
    run(0, "update", "own.csv", "--workspace", "acme");

    assertThat(run(0, "runs").out().lines().map(line -> line.replaceAll("  +", "|")))
        .anyMatch(line -> line.contains("|WORKSPACE|INPUT, TARGET"))
        .anyMatch(line -> line.contains("|3 workspaces|rows.csv"))
        .anyMatch(line -> line.contains("|acme|own.csv, " + acme.url));
    assertThat(json(0, "runs").at("/0/workspaces").toString())
        .isEqualTo("[\"acme\",\"globex\",\"default\"]");
    assertThat(json(0, "runs", "--workspace", "GLOBEX").findValuesAsString("run"))
        .containsExactly("1");
    assertThat(json(0, "runs", "--workspace", "acme").findValuesAsString("run"))
        .containsExactly("1", "2");
    assertThat(run(2, "runs", "--workspace", "acmee").err())
        .isEqualToNormalizingNewlines(
            "error: --workspace: found \"acmee\", expected an existing workspace; the nearest is"
                + " acme\n");
  }

  @Test
  void statusTellsWhatTheKeyOfEachHasLeft() throws IOException {
    update();

    JsonNode keys = json(1, "status").at("/workspaces");
    assertThat(keys.findValuesAsString("workspace")).containsExactly("acme", "default", "globex");
    assertThat(keys.at("/0/target").stringValue()).isEqualTo(acme.url);
    assertThat(keys.at("/0/windows/0/window").stringValue()).isEqualTo("100/h");
    int used = keys.at("/0/windows/0/used").intValue();
    assertThat(used).isPositive();
    assertThat(keys.at("/1/windows/0/window").stringValue()).isEqualTo("1000/h");
    String text = run(1, "status").out();
    assertThat(text)
        .contains(
            "  workspace    acme: %d of 100 calls left (100/h); next call now, to %s"
                .formatted(100 - used, acme.url))
        .contains("  workspace    globex: ")
        .doesNotContain("  window ");
    assertThat(text.indexOf("workspace    acme")).isLessThan(text.indexOf("workspace    default"));
    assertThat(json(1, "status", "--workspace", "Globex").at("/workspaces")).hasSize(1);

    // The key is gone, and the runs on record know which it was.
    Files.delete(home.resolve("acme.key"));
    assertThat(json(1, "status", "--workspace", "acme").at("/windows/0/used").intValue())
        .isEqualTo(used);
    program.file("acme.key", "another-key");
    Files.setPosixFilePermissions(
        home.resolve("acme.key"), PosixFilePermissions.fromString("rw-------"));
    assertThat(json(1, "status", "--workspace", "acme").at("/windows/0/used").intValue()).isZero();
  }

  @Test
  void statusShowsAtMostTenWorkspaces() throws IOException {
    List<String> config = new ArrayList<>();
    for (int i = 10; i < 22; i++) {
      Files.setPosixFilePermissions(
          program.file("k" + i + ".key", "key-" + i), PosixFilePermissions.fromString("rw-------"));
      config.add("workspace.w%d.api-key-file = k%d.key".formatted(i, i));
    }
    config.add("workspace.w20.rate = unlimited");
    program.withConfig(config.toArray(String[]::new));
    program.file("own.csv", "id,max_email_per_day", "3,9");
    run(0, "update", "own.csv", "--sandbox");

    String text = run(0, "status").out();

    assertThat(text.lines().filter(line -> line.startsWith("  workspace  "))).hasSize(10);
    assertThat(text)
        .doesNotContain("w20")
        .contains(
            "  workspaces   2 other workspaces have a larger share of calls left. To list all of"
                + " them, add --json");
    assertThat(json(0, "status").at("/workspaces")).hasSize(12);
  }

  @Test
  void anAccountIsShownInEachWorkspaceThatHasIt() {
    update();

    Ended all = run(0, "show", "--account", "1");
    assertThat(all.out())
        .contains("Account 1 in workspace acme", "Account 1 in workspace globex", " failed: ")
        .doesNotContain("was the address");
    assertThat(json(0, "show", "--account", "1").findValuesAsString("workspace"))
        .containsExactlyInAnyOrder("acme", "globex");
    assertThat(run(0, "show", "--account", "1", "--workspace", "ACME").out())
        .contains("Account 1 in workspace acme")
        .doesNotContain("globex");
    assertThat(run(0, "show", "--account", "3").out())
        .isEqualToNormalizingNewlines("Account 3\nNo run has changed the account.\n");
    assertThat(run(0, "show", "1", "--status", "updated", "--workspace", "acme").out().lines())
        .hasSize(2)
        .allMatch(line -> line.contains(" in workspace acme: updated"));
    assertThat(run(2, "show", "1", "--workspace", "acme").err())
        .isEqualToNormalizingNewlines("error: --workspace works only with --account or --status\n");
  }

  /** The rows name no id, so only the account lists know the accounts. */
  @Test
  void anAddressIsFoundInTheAccountListOfEachWorkspace() throws IOException {
    String address = acme.account(1).get("from_email").stringValue();
    program.file(
        "addresses.csv",
        "from_email,max_email_per_day,workspace",
        address + ",5,acme",
        address + ",6,globex");
    run(0, "plan", "addresses.csv");

    assertThat(run(0, "show", "--account", address).out())
        .contains(
            address + " was the address of 2 accounts.",
            "Account 1 in workspace acme",
            "Account 1 in workspace globex");
    assertThat(run(2, "show", "--account", address, "--workspace", "default").err())
        .contains("no account with the address " + address + " is known here in workspace default");
  }

  @Test
  void aFollowUpTakesUpTheRowsOfOneWorkspace() {
    acme.script = call -> call.isUpdate() ? new Answer(400, "{\"message\":\"no\"}") : null;
    Ended failed = update();
    assertThat(failed.out()).contains("./run.sh retry 1" + System.lineSeparator());
    acme.script = call -> null;

    run(0, "retry", "1", "--workspace", "acme");

    assertThat(acme.updated()).contains(1L, 2L);
    assertThat(json(0, "runs").at("/1/workspaces").toString()).isEqualTo("[\"acme\"]");
    assertThat(json(0, "runs").at("/1/rows").longValue()).isEqualTo(2);
    run(0, "rollback", "1", "--workspace", "default");
    assertThat(json(0, "runs").at("/2/workspaces").toString()).isEqualTo("[\"default\"]");
    assertThat(run(2, "rollback", "2", "--workspace", "globex").err())
        .contains("run 2 has no rows for the workspace globex: its rows are for acme");
    assertThat(run(2, "rollback", "1", "--workspace", "acme", "--accounts", "3").err())
        .contains("run 1 has changed nothing that these options select");
  }

  /** The usual workspace of the rows is no filter for the commands that follow. */
  @Test
  void commandsInMessagesTakeUpAllWorkspaces() {
    Ended failed = run(1, "update", "rows.csv", "--workspace", "acme");

    assertThat(failed.out())
        .contains("./run.sh retry 1" + System.lineSeparator())
        .contains("./run.sh rollback 1" + System.lineSeparator());
  }

  @Test
  void metricsHaveSeriesOfTheirOwnForWorkspaces() throws IOException {
    run(1, "update", "rows.csv", "--metrics-file", "all.prom");

    assertThat(home.resolve("all.prom"))
        .content()
        .contains(
            "smartlead_bulk_last_run_rows{command=\"update\",status=\"updated\"} 3.0",
            "smartlead_bulk_last_run_workspace_rows{command=\"update\",status=\"updated\",workspace=\"acme\"} 2.0",
            "smartlead_bulk_last_run_workspace_rows{command=\"update\",status=\"failed\",workspace=\"globex\"} 1.0",
            "smartlead_bulk_last_run_workspace_rate_limited_calls{command=\"update\",workspace=\"acme\"} 0.0",
            "smartlead_bulk_last_run_workspace_stopped{command=\"update\",workspace=\"default\"} 0.0")
        .containsPattern(
            "smartlead_bulk_last_run_workspace_calls\\{command=\"update\",workspace=\"acme\"} [2-9]");

    program.file("own.csv", "id,max_email_per_day", "3,9");
    run(0, "update", "own.csv", "--metrics-file", "all.prom");
    assertThat(home.resolve("all.prom")).content().doesNotContain("workspace=");
  }

  @Test
  void pagesTellTheWorkspacesApart() throws IOException {
    run(1, "update", "rows.csv", "--html", "run.html");
    run(1, "retry", "1", "-q");
    program.file("more.csv", "id,max_email_per_day,workspace", "1,15,acme", "2,16,", "3,15,globex");
    run(0, "plan", "more.csv", "--html", "review.html");
    run(0, "runs", "--html", "history.html");

    assertThat(Files.readString(home.resolve("run.html")))
        .contains("<h2>Workspaces</h2>", "<th scope=\"row\">acme</th><td>2 updated")
        .contains("data-column=\"6\"><option value=\"\">All workspaces</option>")
        .contains("data-column=\"5\"><option value=\"\">All workspaces</option>")
        .containsPattern("<td>failed<td>400<td>.*<td>globex");
    assertThat(Files.readString(home.resolve("review.html")))
        .contains("<select data-filter=\"workspace\" data-rows>")
        .contains("<tr><th scope=\"row\">acme</th><td class=\"number\">1<td class=\"number\">1")
        .contains("data-workspace=\"globex\"");
    assertThat(Files.readString(home.resolve("history.html")))
        .contains("<tr><th scope=\"row\">1</th><td>globex<td class=\"number\">2")
        .contains("<td>3 workspaces");
  }
}
