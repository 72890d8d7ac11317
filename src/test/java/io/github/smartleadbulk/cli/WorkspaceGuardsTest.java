package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards that a workspace has of its own, and workspaces for which the others do not wait. */
class WorkspaceGuardsTest {

  @TempDir Path home;

  private TestProgram program;
  private FakeSmartlead acme;
  private FakeSmartlead globex;

  @BeforeEach
  void workspaces() throws IOException {
    acme = FakeSmartlead.start(4);
    globex = FakeSmartlead.start(4);
    program = new TestProgram(home);
    program.file("acme.key", "key-of-acme");
    program.file("globex.key", "key-of-globex");
    program.file(
        "rows.csv",
        "id,max_email_per_day,workspace",
        "1,5,acme",
        "1,5,globex",
        "2,6,acme",
        "2,6,globex",
        "3,7,acme",
        "3,7,globex");
    configure();
  }

  private void configure(String... more) throws IOException {
    program.withConfig(
        Stream.concat(
                Stream.of(
                    "rate = unlimited",
                    "workspace.acme.api-key-file = acme.key",
                    "workspace.acme.base-url = " + acme.url,
                    "workspace.globex.api-key-file = globex.key",
                    "workspace.globex.base-url = " + globex.url),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @AfterEach
  void close() {
    acme.close();
    globex.close();
  }

  private List<String> results() throws IOException {
    return Files.readAllLines(home.resolve("var/runs/1/results.csv"));
  }

  @Test
  void boundOnChangesStopsItsWorkspaceOnly() throws IOException {
    configure("workspace.acme.max-changes = 2");

    Ended ended = program.run("update", "rows.csv");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
    assertThat(ended.err())
        .contains(
            "workspace acme: guard workspace.acme.max-changes 2: 3 accounts of 3 rows would change. Nothing more was sent. To allow this, write workspace.acme.max-changes = 3 in the config file, then: ./run.sh resume 1");
    assertThat(acme.updated()).isEmpty();
    assertThat(globex.updated()).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(results()).hasSize(4).noneMatch(line -> line.endsWith(",acme"));

    assertThat(program.run("resume").exitCode()).isEqualTo(4);
    configure("workspace.acme.max-changes = 3");
    Ended resumed = program.run("resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(acme.updated()).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(globex.updated()).hasSize(3);
    assertThat(results()).hasSize(7);
    assertThat(program.run("show", "1").out())
        .contains("workspace.acme.max-changes = 3 (before: 2)");
  }

  @Test
  void workspaceWithABoundOfItsOwnDoesNotCountForTheOthers() throws IOException {
    configure("workspace.acme.max-changes = 100%");

    assertThat(program.run("update", "rows.csv", "--max-changes", "3").exitCode()).isZero();
    assertThat(acme.updated()).hasSize(3);
    assertThat(globex.updated()).hasSize(3);
  }

  @Test
  void failuresOfAWorkspaceStopItAlone() throws IOException {
    configure("workspace.globex.max-failures = 1", "workspace.globex.concurrency = 1");
    globex.script = call -> call.isUpdate() ? new Answer(400, "{\"message\":\"no\"}") : null;

    Ended ended = program.run("update", "rows.csv", "--max-failures", "100%");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
    assertThat(ended.err())
        .contains(
            "workspace globex: guard workspace.globex.max-failures 1: 2 rows have failed or are uncertain. To allow more, write workspace.globex.max-failures = 4 in the config file, then: ./run.sh resume 1");
    assertThat(acme.updated()).hasSize(3);
  }

  @Test
  void canaryOfAWorkspaceIsItsOwn() throws IOException {
    configure("workspace.globex.canary = 2");

    Ended ended = program.run("update", "rows.csv");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("Canary passed in workspace globex: 2 rows were read back, and all match.")
        .doesNotContain("in workspace acme");
  }

  @Test
  void dryRunAsksTheGuardsOfWorkspaces() throws IOException {
    configure("workspace.acme.max-changes = 2");

    Ended ended = program.run("update", "rows.csv", "--dry-run");

    assertThat(ended.err())
        .contains(
            "guard workspace.acme.max-changes 2: 3 accounts of 3 rows would change. Without --dry-run, nothing of this workspace would be sent (exit 4). To allow this, write workspace.acme.max-changes = 3 in the config file");
  }

  /** The accounts of globex can only be read when acme has done all its rows. */
  @Test
  void serverThatIsAwayHoldsUpNobodyAndIsTakenUpWhenItIsBack() throws Exception {
    CountDownLatch acmeIsDone = new CountDownLatch(3);
    acme.script =
        call -> {
          if (call.isUpdate()) {
            acmeIsDone.countDown();
          }
          return null;
        };
    AtomicInteger away = new AtomicInteger();
    globex.script =
        call -> {
          if (acmeIsDone.getCount() == 0) {
            return null;
          }
          away.incrementAndGet();
          return new Answer(503, "");
        };

    Ended ended = program.run("update", "rows.csv", "--max-changes", "100%");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(away).hasPositiveValue();
    assertThat(acmeIsDone.await(0, TimeUnit.SECONDS)).isTrue();
    assertThat(globex.updated()).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(results()).hasSize(7);
  }

  @Test
  void changesOfALateWorkspaceCountWithThoseOfTheOthers() throws IOException {
    CountDownLatch acmeIsDone = new CountDownLatch(3);
    acme.script =
        call -> {
          if (call.isUpdate()) {
            acmeIsDone.countDown();
          }
          return null;
        };
    globex.script = call -> acmeIsDone.getCount() == 0 ? null : new Answer(503, "");

    Ended ended = program.run("update", "rows.csv", "--max-changes", "5");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
    assertThat(ended.err())
        .contains("workspace globex: guard --max-changes 5: 6 accounts of 6 rows would change");
    assertThat(acme.updated()).hasSize(3);
    assertThat(globex.updated()).isEmpty();
  }
}
