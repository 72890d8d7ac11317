package io.github.smartleadbulk.cli;

import static io.github.smartleadbulk.cli.ThreeWorkspaces.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows, guards and follow-up runs of three workspaces whose accounts have the same ids. */
@Timeout(90)
class WorkspaceFollowUpsTest {

  private static final int ROWS = 4;
  private static final Answer BAD = new Answer(400, "{\"message\":\"no\"}");

  @TempDir Path home;
  private ThreeWorkspaces workspaces;

  @BeforeEach
  void start() throws IOException {
    workspaces = new ThreeWorkspaces(home, ROWS);
    // What an account is like depends on the workspace.
    for (int i = 0; i < NAMES.size(); i++) {
      for (long id = 1; id <= ROWS; id++) {
        workspaces.server(NAMES.get(i)).account(id).put("message_per_day", 10L * i + id);
      }
    }
    workspaces.writeRows(ROWS);
  }

  @AfterEach
  void close() {
    workspaces.close();
  }

  private void assertExitCode(Ended ended, int exitCode) {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
  }

  private void failUpdatesOf(String workspace, long account) {
    workspaces.script(workspace, call -> call.isUpdate() && call.account() == account ? BAD : null);
  }

  @Test
  void retrySendsTheFailedRowsOfEachWorkspace() throws IOException {
    failUpdatesOf("acme", 2);
    failUpdatesOf("initech", 3);
    assertExitCode(workspaces.run("update", "rows.csv"), 1);
    workspaces.forgetApplied();
    NAMES.forEach(workspaces::mend);

    assertExitCode(workspaces.run("retry", "1"), 0);

    assertThat(workspaces.applied("acme")).containsExactly(2L);
    assertThat(workspaces.applied("globex")).isEmpty();
    assertThat(workspaces.applied("initech")).containsExactly(3L);
    assertThat(workspaces.results(2)).containsExactly("2 updated acme", "3 updated initech");
  }

  @Test
  void rollbackGivesEachAccountItsOwnValueBack() throws IOException {
    String atFirst = workspaces.copies().toString();
    assertExitCode(workspaces.run("update", "rows.csv"), 0);
    assertThat(Files.readAllLines(workspaces.program.runFile(1, "before.csv")))
        .hasSize(3 * ROWS + 1)
        .startsWith("email_account_id,workspace,max_email_per_day,_message")
        .contains("2,acme,2,", "2,globex,12,", "2,initech,22,");

    assertExitCode(workspaces.run("rollback", "1"), 0);

    assertThat(workspaces.copies()).hasToString(atFirst);
  }

  @Test
  void planIsAppliedInEachWorkspace() throws IOException {
    workspaces.server("globex").account(2).put("message_per_day", 33);
    assertExitCode(workspaces.run("plan", "rows.csv"), 0);
    assertThat(workspaces.applied("acme")).isEmpty();
    // Only here the plan is no longer right.
    workspaces.server("initech").account(3).put("message_per_day", 99);

    Ended ended = workspaces.run("update", "--plan", "1");

    assertExitCode(ended, 1);
    assertThat(workspaces.applied("acme")).containsExactly(1L, 2L, 3L, 4L);
    assertThat(workspaces.applied("globex")).containsExactly(1L, 3L, 4L);
    assertThat(workspaces.applied("initech")).containsExactly(1L, 2L, 4L);
    assertThat(workspaces.results(2)).contains("2 unchanged globex", "3 failed initech");
  }

  @Test
  void dryRunsSendNothing() throws IOException {
    assertExitCode(workspaces.run("update", "rows.csv", "--dry-run"), 0);
    assertThat(workspaces.copies().values().toString()).doesNotContain("\"message_per_day\":33");
    failUpdatesOf("globex", 2);
    assertExitCode(workspaces.run("update", "rows.csv"), 1);
    NAMES.forEach(workspaces::mend);
    workspaces.forgetApplied();

    assertExitCode(workspaces.run("retry", "2", "--dry-run"), 0);
    assertExitCode(workspaces.run("rollback", "2", "--dry-run"), 0);

    for (String name : NAMES) {
      assertThat(workspaces.applied(name)).as(name).isEmpty();
    }
  }

  @Test
  void guardOnChangesCountsTheRowsOfAllWorkspaces() throws IOException {
    Ended ended = workspaces.run("update", "rows.csv", "--max-changes", "11");

    assertExitCode(ended, 4);
    assertThat(ended.err()).contains("guard --max-changes 11: 12 accounts of 12 rows would change");
    for (String name : NAMES) {
      assertThat(workspaces.applied(name)).as(name).isEmpty();
    }
    assertExitCode(workspaces.run("resume", "1", "--max-changes", "12"), 0);
    workspaces.assertEachAppliedOnce(ROWS);
  }

  /** No workspace has as many by itself. */
  @Test
  void guardOnFailuresCountsTheRowsOfAllWorkspaces() throws IOException {
    NAMES.forEach(name -> failUpdatesOf(name, 1));

    Ended ended = workspaces.run("update", "rows.csv", "--max-failures", "2", "--concurrency", "1");

    assertExitCode(ended, 4);
    assertThat(ended.err())
        .contains("error: guard --max-failures 2: 3 rows have failed or are uncertain");
    assertExitCode(workspaces.run("resume", "1", "--max-failures", "3"), 1);
    assertThat(workspaces.results(1))
        .hasSize(3 * ROWS)
        .contains("1 failed acme", "1 failed globex", "1 failed initech", "4 updated initech");
    for (String name : NAMES) {
      assertThat(workspaces.applied(name)).as(name).containsExactly(2L, 3L, 4L);
    }
  }

  /** Each reads its first rows back, and the others of that workspace wait for this. */
  @Test
  void canaryIsReadBackInEachWorkspace() throws IOException {
    workspaces.script("globex", call -> call.isUpdate() ? new Answer(200, "{\"ok\":true}") : null);

    Ended ended = workspaces.run("update", "rows.csv", "--canary", "2");

    assertExitCode(ended, 4);
    assertThat(ended.err())
        .contains("error: workspace globex: guard --canary 2: line 3, account 1: ")
        .contains("Canary passed in workspace acme: 2 rows were read back, and all match.");
    assertThat(workspaces.server("globex").updated()).containsExactly(1L, 2L);
    for (String name : List.of("acme", "initech")) {
      assertThat(workspaces.applied(name)).as(name).containsExactly(1L, 2L, 3L, 4L);
    }

    workspaces.mend("globex");
    assertExitCode(workspaces.run("resume", "1"), 0);
    assertThat(workspaces.applied("globex")).containsExactly(3L, 4L);
    assertThat(workspaces.applied("acme")).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void duplicatesAreTwoRowsOfOneWorkspace() throws IOException {
    workspaces.program.file(
        "rows.csv",
        "id,max_email_per_day,from_name,workspace",
        "1,33,,acme",
        "1,33,,globex",
        "1,,Ben,acme",
        "2,33,,initech");

    Ended refused = workspaces.run("update", "rows.csv");

    assertExitCode(refused, 1);
    assertThat(workspaces.results(1))
        .containsExactly(
            "1 invalid acme", "1 updated globex", "1 invalid acme", "2 updated initech");
    workspaces.forgetApplied();

    assertExitCode(workspaces.run("update", "rows.csv", "--duplicates", "merge"), 0);
    assertThat(workspaces.results(2))
        .containsExactly(
            "1 updated acme", "1 unchanged globex", "1 updated acme", "2 unchanged initech");
    assertThat(workspaces.server("acme").updates())
        .containsExactly("1 {\"max_email_per_day\":33,\"from_name\":\"Ben\"}");
  }

  /** The same address is another account in another workspace. */
  @Test
  void addressesAreLookedUpInTheListOfTheirWorkspace() throws IOException {
    workspaces.server("globex").account(1).put("from_email", "ann@example.com");
    workspaces.server("initech").account(4).put("from_email", "ann@example.com");
    workspaces.program.file(
        "rows.csv",
        "from_email,max_email_per_day,workspace",
        "ann@example.com,33,globex",
        "ann@example.com,34,initech",
        "ann@example.com,35,acme",
        "a4@example.com,36,acme");

    Ended ended = workspaces.run("update", "rows.csv");

    assertExitCode(ended, 1);
    assertThat(workspaces.results(1))
        .containsExactly("1 updated globex", "4 updated initech", " failed acme", "4 updated acme");
    assertThat(workspaces.server("globex").updates())
        .containsExactly("1 {\"max_email_per_day\":33}");
    assertThat(workspaces.server("initech").updates())
        .containsExactly("4 {\"max_email_per_day\":34}");
    assertThat(workspaces.server("acme").updates()).containsExactly("4 {\"max_email_per_day\":36}");
  }
}
