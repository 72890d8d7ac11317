package io.github.smartleadbulk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.RowStatus;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.TableRow;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.fill.Fills;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.job.Rehearsal;
import io.github.smartleadbulk.ramp.PlanReader;
import io.github.smartleadbulk.ramp.PlanReading;
import io.github.smartleadbulk.result.ByteOrderMark;
import io.github.smartleadbulk.result.WorkspaceColumn;
import io.github.smartleadbulk.state.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose rows are in workspaces. */
final class RunWorkspacesTest {

  private static final WorkspaceNames NAMES = WorkspaceNames.of("acme", List.of("globex"));

  @TempDir private Path folder;
  private Rehearsal rehearsal;

  @BeforeEach
  void start() throws Exception {
    rehearsal = new Rehearsal(folder);
    rehearsal.options = InputOptions.defaults().with(NAMES);
    rehearsal.write("workspace,id,bcc\nacme,1,a@x.com\n,2,a@x.com\n");
  }

  @AfterEach
  void stop() {
    rehearsal.close();
  }

  private static Map<String, String> stored(WorkspaceNames names) {
    return options(names).stored();
  }

  private static RunOptions options(WorkspaceNames names) {
    return new RunOptions(
        InputOptions.defaults().with(names), false, null, false, Fills.none(), false, null, null);
  }

  @Test
  void workspacesAreStoredOnlyIfThereAreAny() {
    assertThat(stored(WorkspaceNames.none())).doesNotContainKeys("workspace", "workspaces");
    assertThat(stored(NAMES))
        .containsEntry("workspace", "acme")
        .containsEntry("workspaces", "acme,globex");
    assertThat(stored(WorkspaceNames.of("default", List.of("acme"))))
        .doesNotContainKey("workspace")
        .containsEntry("workspaces", "acme,default");
    for (WorkspaceNames names :
        List.of(NAMES, WorkspaceNames.none(), WorkspaceNames.of("acme", List.of()))) {
      assertThat(RunOptions.parse(stored(names))).isEqualTo(options(names));
    }
  }

  @Test
  void resumedRunKnowsTheSameWorkspaces() throws Exception {
    rehearsal.prepare();

    PreparedRun resumed = rehearsal.prepareResume(null);

    assertThat(resumed.options().input()).isEqualTo(rehearsal.options);
    assertThat(resumed.workspaceColumn()).isEqualTo(WorkspaceColumn.PRESENT);
  }

  @Test
  void runIsResumedAlthoughThereAreMoreWorkspacesNow() throws Exception {
    rehearsal.prepare();
    rehearsal.options =
        InputOptions.defaults().with(WorkspaceNames.of("acme", List.of("globex", "initech")));

    PreparedRun resumed = rehearsal.prepare();

    assertThat(resumed.resumed()).isTrue();
    assertThat(resumed.options().input().workspaces()).isEqualTo(NAMES);
  }

  @Test
  void anotherUsualWorkspaceIsAnotherOption() throws Exception {
    rehearsal.write("id,bcc\n1,a@x.com\n");
    rehearsal.prepare();
    rehearsal.options = InputOptions.defaults().with(WorkspaceNames.of("globex", NAMES.known()));

    assertThatThrownBy(rehearsal::prepare)
        .isInstanceOf(RunRefusedException.class)
        .hasMessageStartingWith(
            "run 1 of this file is unfinished and has other options (--workspace acme) than this"
                + " command (--workspace globex).");
  }

  @Test
  void otherWorkspacesDoNotMatterToAFileWithoutTheColumn() throws Exception {
    rehearsal.write("id,bcc\n1,a@x.com\n");
    rehearsal.prepare();
    rehearsal.options = InputOptions.defaults().with(WorkspaceNames.of("acme", List.of("initech")));

    PreparedRun resumed = rehearsal.prepare();

    assertThat(resumed.resumed()).isTrue();
    assertThat(resumed.options().input().workspaces())
        .isEqualTo(WorkspaceNames.of("acme", List.of()));
    assertThat(resumed.workspaceColumn()).isEqualTo(WorkspaceColumn.ABSENT);
  }

  /** Puts a run on record that has changed the same id in some workspaces. */
  private void changeIn(String... workspaces) throws Exception {
    rehearsal.prepare();
    Changes changes =
        new Changes(
            Map.of(AccountField.BCC, new SettingValue.Text("old@x.com")),
            Map.of(AccountField.BCC, new SettingValue.Text("a@x.com")));
    rehearsal.inStore(
        store -> {
          for (int i = 0; i < workspaces.length; i++) {
            RowOutcome outcome =
                new RowOutcome(
                    i + 1,
                    i + 2,
                    17L,
                    RowStatus.UPDATED,
                    List.of("bcc"),
                    200,
                    1,
                    "",
                    Instant.EPOCH,
                    workspaces[i]);
            store.journal(1).record(outcome, changes).join();
          }
          store.runs().end(1, RunStatus.FINISHED, 0, Instant.EPOCH);
          return null;
        });
  }

  private PreparedRun rollBack() throws Exception {
    return rehearsal.inStore(
        store ->
            new FollowUps(store, Clock.systemUTC(), rehearsal.terms)
                .rollBack(1, rehearsal.place(), FollowUps.Restored.ALL, false));
  }

  @Test
  void valuesBeforeAreThoseOfAWorkspace() throws Exception {
    changeIn("acme", "globex");
    Path before = folder.resolve("before.csv");

    long rows =
        rehearsal.inStore(
            store ->
                new ValuesBefore(store.outcomes(), 1)
                    .writeTo(
                        before,
                        Set.of(AccountField.BCC),
                        account -> true,
                        WorkspaceColumn.PRESENT,
                        ByteOrderMark.NONE));

    assertThat(rows).isEqualTo(2);
    assertThat(before)
        .hasContent(
            """
            email_account_id,workspace,bcc,_message
            17,acme,old@x.com,
            17,globex,old@x.com,
            """);
    assertThat(rollBack().inputCopy())
        .hasContent(
            """
            email_account_id,workspace,bcc,_message
            17,acme,old@x.com,
            17,globex,old@x.com,
            """);
  }

  @Test
  void rollbackStaysInTheUsualWorkspaceOfItsRun() throws Exception {
    rehearsal.write("id,bcc\n17,a@x.com\n");
    changeIn("acme");

    PreparedRun rollback = rollBack();

    assertThat(rollback.options().input().workspaces())
        .isEqualTo(WorkspaceNames.of("acme", List.of()));
    assertThat(rollback.inputCopy()).hasContent("email_account_id,bcc,_message\n17,old@x.com,\n");
  }

  @Test
  void inputOfARampDayHasTheColumnIfThePlanHasIt() throws Exception {
    assertThat(limits("workspace", "Globex", ""))
        .isEqualTo(
            """
            email_account_id,workspace,max_email_per_day,_plan_line,_day
            17,globex,5,2,2026-11-23
            17,acme,5,3,2026-11-23
            """);
    assertThat(limits("_other", "Globex"))
        .isEqualTo(
            """
            email_account_id,max_email_per_day,_plan_line,_day
            17,5,2,2026-11-23
            """);
  }

  private String limits(String column, String... cells) throws Exception {
    List<String> columns =
        new ArrayList<>(List.of("email_account_id", "from", "start", "step", "cap", column));
    PlanReader reader = new PlanReader(columns, Map.of(), 200, NAMES);
    for (int i = 0; i < cells.length; i++) {
      Map<String, String> cellsByColumn =
          new TreeMap<>(
              Map.of(
                  "email_account_id",
                  "17",
                  "from",
                  "2026-11-23",
                  "start",
                  "5",
                  "step",
                  "5",
                  "cap",
                  "40"));
      cellsByColumn.put(column, cells[i]);
      reader.add(new TableRow(i + 1, i + 2, cellsByColumn, List.of()));
    }
    Path copy = folder.resolve("limits.csv");
    Files.deleteIfExists(copy);
    new RampDay(((PlanReading.Good) reader.result()).plan(), LocalDate.parse("2026-11-23"))
        .writeTo(copy);
    return Files.readString(copy);
  }
}
