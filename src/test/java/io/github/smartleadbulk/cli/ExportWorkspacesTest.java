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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accounts of several workspaces in one file. */
class ExportWorkspacesTest {

  private static final String NOBODY = "http://127.0.0.1:9/api/v1";

  @TempDir Path home;

  private TestProgram program;
  private final Map<String, FakeSmartlead> serverByWorkspace = new TreeMap<>();
  private final List<String> config = new ArrayList<>(List.of("rate = unlimited"));

  @BeforeEach
  void start() throws IOException {
    program = new TestProgram(home);
    workspace("acme", 2);
    workspace("Globex", 3);
    workspace("initech", 1);
  }

  @AfterEach
  void close() {
    serverByWorkspace.values().forEach(FakeSmartlead::close);
  }

  /** Sets up a workspace with a server of its own. */
  private void workspace(String name, int accounts) throws IOException {
    FakeSmartlead server = FakeSmartlead.start(accounts);
    serverByWorkspace.put(name, server);
    for (long id = 1; id <= accounts; id++) {
      server.account(id).put("from_name", name + " " + id);
    }
    workspace(name, server.url);
  }

  private void workspace(String name, String url, String... settings) throws IOException {
    String prefix = "workspace." + name + ".";
    config.add(prefix + "api-key-file = " + name + ".key");
    config.add(prefix + "base-url = " + url);
    Arrays.stream(settings).forEach(setting -> config.add(prefix + setting));
    Files.setPosixFilePermissions(
        program.file(name + ".key", "key-of-" + name),
        PosixFilePermissions.fromString("rw-------"));
    program.withConfig(config.toArray(String[]::new));
  }

  private FakeSmartlead server(String workspace) {
    return serverByWorkspace.get(workspace);
  }

  private Ended export(String... more) {
    return program.run(
        Stream.concat(Stream.of("export", "--fields", "from_name"), Arrays.stream(more))
            .toArray(String[]::new));
  }

  @Test
  void allAreInOneFileInAlphabeticalOrder() throws IOException {
    Ended ended = export("--all-workspaces", "--out", "all.csv");

    assertThat(ended).isEqualTo(new Ended(0, "", "6 accounts of 3 workspaces\n"));
    assertThat(home.resolve("all.csv"))
        .hasContent(
            """
            email_account_id,from_email,workspace,from_name
            1,a1@example.com,acme,acme 1
            2,a2@example.com,acme,acme 2
            1,a1@example.com,Globex,Globex 1
            2,a2@example.com,Globex,Globex 2
            3,a3@example.com,Globex,Globex 3
            1,a1@example.com,initech,initech 1
            """);
    assertThat(home.resolve("var/export")).doesNotExist();
  }

  @Test
  void theOrderIsThatOfTheOptions() {
    for (String[] options :
        new String[][] {
          {"--workspace", "INITECH", "--workspace", "acme"},
          {"--workspace", "initech,acme,Initech"}
        }) {
      Ended ended = export(options);

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.out())
          .isEqualTo(
              """
              email_account_id,from_email,workspace,from_name
              1,a1@example.com,initech,initech 1
              1,a1@example.com,acme,acme 1
              2,a2@example.com,acme,acme 2
              """);
    }
    assertThat(server("Globex").offsets()).isEmpty();
  }

  /** What a script that exports one workspace reads stays as it is. */
  @Test
  void theColumnIsThereWithSeveralOrWithAll() throws IOException {
    assertThat(export("--workspace", "acme").out())
        .startsWith("email_account_id,from_email,from_name\n1,");

    config.removeIf(line -> !line.contains("acme"));
    program.withConfig(config.toArray(String[]::new));
    assertThat(export("--all-workspaces").out())
        .startsWith("email_account_id,from_email,workspace,from_name\n1,a1@example.com,acme,");

    program.withConfig("rate = unlimited").with("SMARTLEAD_API_KEY", "key");
    program.with("SMARTLEAD_BASE_URL", server("Globex").url);
    assertThat(export("--all-workspaces").out()).contains("\n1,a1@example.com,default,Globex 1\n");
  }

  @Test
  void defaultIsAmongAllIfItHasAKey() throws IOException {
    config.add("base-url = " + server("initech").url);
    program.withConfig(config.toArray(String[]::new)).with("SMARTLEAD_API_KEY", "key-of-default");

    assertThat(export("--all-workspaces").out().lines().map(line -> line.split(",", -1)[2]))
        .containsSubsequence("acme", "default", "Globex", "initech");
  }

  @Test
  void theFileAsItIsChangesNothingAnywhere() throws IOException {
    assertThat(program.run("export", "--all-workspaces", "--out", "all.csv").exitCode()).isZero();

    Ended update = program.run("update", "all.csv");

    assertThat(update.exitCode()).as(update.err()).isZero();
    assertThat(update.out()).contains("unchanged             6");
    assertThat(serverByWorkspace.values()).allMatch(server -> server.updates().isEmpty());
  }

  @Test
  void theFileBringsEveryTextBackToItsOwnWorkspace() throws IOException {
    assertThat(export("--all-workspaces", "--out", "all.csv", "--excel").exitCode()).isZero();
    assertThat(Files.readString(home.resolve("all.csv"))).startsWith("\uFEFFemail_account_id,");
    serverByWorkspace.values().forEach(server -> server.account(1).put("from_name", "lost"));

    assertThat(program.run("update", "all.csv").exitCode()).isZero();

    serverByWorkspace.forEach(
        (name, server) -> {
          assertThat(server.account(1).get("from_name").stringValue()).isEqualTo(name + " 1");
          assertThat(server.updated()).containsExactly(1L);
        });
  }

  @Test
  void oneThatIsRefusedAndOneThatIsAwayAreMissingAndNamed() throws IOException {
    server("acme").script = call -> new Answer(401, "{\"message\":\"Invalid API Key\"}");
    workspace("away", NOBODY, "max-outage = 0s");

    Ended ended = export("--all-workspaces", "--out", "all.csv", "-q");

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err().lines())
        .hasSize(3)
        .anyMatch(
            line ->
                line.equals(
                    "warning: the accounts of the workspace acme are missing: the API key was"
                        + " refused (HTTP 401): Invalid API Key"))
        .anyMatch(
            line ->
                line.startsWith("warning: the accounts of the workspace away are missing: ")
                    && line.contains("127.0.0.1:9"))
        .endsWith("error: all.csv has 4 accounts of 2 of 4 workspaces");
    assertThat(Files.readString(home.resolve("all.csv")))
        .contains("Globex 3", "initech 1")
        .doesNotContain("acme", "away");
    assertThat(export("--workspace", "initech,away").exitCode()).isEqualTo(5);
  }

  /** Half of a workspace would look like all of it. */
  @Test
  void aWorkspaceIsThereAsAWholeOrNotAtAll() throws IOException {
    workspace("hooli", 150);
    server("hooli").script =
        call -> call.offset() == 99 ? new Answer(401, "{\"message\":\"no\"}") : null;

    Ended ended = export("--workspace", "hooli,acme");

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.out().lines()).hasSize(3).noneMatch(line -> line.contains("hooli"));
    assertThat(ended.err()).contains("error: the output has 2 accounts of 1 of 2 workspaces");
  }

  @Test
  void ifNoneCouldBeReadTheOldFileStays() throws IOException {
    serverByWorkspace
        .values()
        .forEach(server -> server.script = call -> new Answer(403, "{\"message\":\"no\"}"));
    Path old = program.file("all.csv", "old");

    Ended ended = export("--all-workspaces", "--out", "all.csv");

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err()).endsWith("error: the accounts of no workspace could be read\n");
    assertThat(old).hasContent("old");
    assertThat(home.resolve("all.csv.part")).doesNotExist();
  }

  @Test
  void aMissingKeyOrASharedOneEndsTheExportBeforeTheFirstCall() throws IOException {
    Files.delete(home.resolve("initech.key"));
    Ended missing = export("--all-workspaces", "--out", "all.csv");
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.err()).startsWith("error: workspace initech: the API key file");

    program.file("initech.key", "key-of-acme");
    config.add("workspace.initech.base-url = " + server("acme").url);
    program.withConfig(config.toArray(String[]::new));
    Ended shared = export("--all-workspaces", "--out", "all.csv");
    assertThat(shared.exitCode()).isEqualTo(2);
    assertThat(shared.err())
        .contains("error: the workspaces acme and initech have the same API key for ");

    assertThat(home.resolve("all.csv")).doesNotExist();
    assertThat(serverByWorkspace.values()).allMatch(server -> server.offsets().isEmpty());
  }

  @Test
  void allAndSomeExcludeEachOtherAndOtherCommandsTakeOne() throws IOException {
    Ended both = export("--all-workspaces", "--workspace", "acme");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err())
        .isEqualTo("error: --all-workspaces cannot be combined with --workspace\n");
    assertThat(export("--workspace", "acme,globax").err())
        .isEqualTo("error: --workspace: there is no workspace \"globax\". Did you mean Globex?\n");

    program.file("rows.csv", "id,bcc", "1,a@example.com");
    for (String[] options :
        new String[][] {
          {"--workspace", "acme,initech"}, {"--workspace", "acme", "--workspace", "initech"}
        }) {
      Ended update =
          program.run(
              Stream.concat(Stream.of("update", "rows.csv"), Arrays.stream(options))
                  .toArray(String[]::new));
      assertThat(update.exitCode()).isEqualTo(2);
    }
    assertThat(serverByWorkspace.values()).allMatch(server -> server.updates().isEmpty());
  }

  /** The variable is a default: the command line may ask for more. */
  @Test
  void allAreMoreThanTheVariableSays() {
    program.with("SMARTLEAD_WORKSPACE", "acme");

    assertThat(export().out().lines()).hasSize(3);
    assertThat(export("--all-workspaces").out().lines()).hasSize(7);
  }

  @Test
  void aCellThatStaysBlankNamesTheWorkspace() {
    server("Globex").account(2).put("from_name", "<clear>");

    Ended ended = export("--all-workspaces", "-q");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err())
        .isEqualTo(
            "warning: workspace Globex, account 2: from_name is \"<clear>\", which a cell cannot"
                + " hold\n");
  }

  /** Each answer waits until all three workspaces have asked. */
  @Test
  void listsAreReadSideBySide() {
    CyclicBarrier together = new CyclicBarrier(3);
    serverByWorkspace
        .values()
        .forEach(
            server ->
                server.script =
                    call -> {
                      try {
                        if (call.offset() == 0) {
                          together.await(20, TimeUnit.SECONDS);
                        }
                        return null;
                      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                        return new Answer(400, "{\"message\":\"alone\"}");
                      }
                    });

    Ended ended = export("--all-workspaces");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out().lines()).hasSize(7);
  }

  @Test
  void theSandboxHasEachOfThem() {
    Ended ended = export("--all-workspaces", "--sandbox");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out().lines().skip(1).map(line -> line.split(",", -1)[2]).distinct())
        .containsExactly("acme", "Globex", "initech");
    assertThat(serverByWorkspace.values()).allMatch(server -> server.offsets().isEmpty());
  }

  @Test
  void whatAKilledExportHasLeftIsDeleted() throws IOException {
    Path left = Files.createDirectories(home.resolve("var/export")).resolve("acme.csv");
    Files.writeString(left, "left\n");

    assertThat(export("--all-workspaces").out()).doesNotContain("left").contains("acme 2");
    assertThat(left).doesNotExist();
  }

  @Test
  void aSignalLeavesNoFile() throws IOException, InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch signalled = new CountDownLatch(1);
    server("initech").script =
        call -> {
          asked.countDown();
          try {
            signalled.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return null;
        };
    Path old = program.file("all.csv", "old");

    try (ProgramProcess process =
        ProgramProcess.start(
            home, "", List.of(), List.of("export", "--all-workspaces", "--out", "all.csv"))) {
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      process.signal("TERM");
      signalled.countDown();
      assertThat(process.exitCode()).as(process.err()).isEqualTo(143);
      assertThat(process.err()).contains("error: stopped by SIGTERM");
    }
    assertThat(old).hasContent("old");
    assertThat(home.resolve("var/export")).doesNotExist();
  }
}
