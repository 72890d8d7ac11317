package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Night after night over several workspaces. All accounts have a limit of 20 at first. */
class RampWorkspacesTest extends TwoWorkspaces {

  @BeforeEach
  void plan() throws IOException {
    program.file(
        "ramp.csv",
        "id,from,start,step,cap,workspace",
        "1,2026-11-23,25,5,50,globex",
        "1,2026-11-23,30,1,50,Acme",
        "2,2026-11-23,40,2,50,",
        "2,2026-11-23,5,1,50,globex");
  }

  private Ended ramp(String date, String... more) {
    return program.run(
        Stream.concat(
                Stream.of("ramp", "ramp.csv", "--date", date, "--workspace", "acme"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private List<String> results(int run) throws IOException {
    return Files.readAllLines(program.runFile(run, "results.csv")).stream()
        .skip(1)
        .map(line -> line.replaceFirst(",[0-9T:.-]+Z(?=,)", ""))
        .toList();
  }

  @Test
  void aNightIsOneRun() throws IOException {
    Ended ended = ramp("2026-11-24");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("1 row was kept");
    assertThat(acme.updates())
        .containsExactlyInAnyOrder("1 {\"max_email_per_day\":31}", "2 {\"max_email_per_day\":42}");
    assertThat(globex.updates()).containsExactly("1 {\"max_email_per_day\":30}");
    assertThat(results(1))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("1,2,1,updated,").endsWith(",globex"),
            line -> assertThat(line).startsWith("2,3,1,updated,").endsWith(",acme"),
            line -> assertThat(line).startsWith("3,4,2,updated,").endsWith(",acme"),
            line -> assertThat(line).startsWith("4,5,2,kept,").endsWith(",globex"));

    assertThat(ramp("2026-11-25", "--allow-decrease").exitCode()).isZero();
    assertThat(globex.updates())
        .endsWith("1 {\"max_email_per_day\":35}", "2 {\"max_email_per_day\":7}");
    assertThat(program.run("rollback", "2").exitCode()).isZero();
    assertThat(globex.account(2).get("message_per_day").longValue()).isEqualTo(20);
  }

  @Test
  void aRefusedKeyLeavesItsRowsToTheSameCommand() throws IOException {
    globex.script = call -> new Answer(401, "{\"message\":\"no\"}");
    Ended refused = ramp("2026-11-24");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(acme.updated()).containsExactly(1L, 2L);

    globex.script = call -> null;
    acme.forget();
    Ended resumed = ramp("2026-11-24");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("Run 1: resuming");
    assertThat(globex.updated()).containsExactly(1L);
    assertThat(acme.updated()).isEmpty();
    assertThat(results(1)).hasSize(4);
  }

  @Test
  void theNextDaySupersedesWhatAWorkspaceHasLeft() {
    globex.script = call -> new Answer(401, "{\"message\":\"no\"}");
    assertThat(ramp("2026-11-24").exitCode()).isEqualTo(3);
    globex.script = call -> null;

    assertThat(ramp("2026-11-25").exitCode()).isZero();
    Ended late = program.run("resume", "1");

    assertThat(late.exitCode()).isEqualTo(2);
    assertThat(late.err())
        .contains("run 2 was the ramp of a later day, and run 1 has 2 of its rows left");
    assertThat(globex.account(1).get("message_per_day").longValue()).isEqualTo(35);
  }

  @Test
  void aDryRunReadsEachWorkspaceAndSendsNothing() {
    Ended ended = ramp("2026-11-24", "--dry-run");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("max_email_per_day", "3");
    assertThat(acme.offsets()).isNotEmpty();
    assertThat(globex.offsets()).isNotEmpty();
    assertThat(acme.updates()).isEmpty();
    assertThat(globex.updates()).isEmpty();
  }

  @Test
  void aPreviewHasTheTotalsOfEachWorkspace() throws IOException {
    Ended ended = ramp("2026-11-23", "--preview", "2");

    assertThat(ended.out())
        .isEqualTo(
            """
                             Nov 23  Nov 24
            globex: 1            25      30
            acme: 1              30      31
            acme: 2              40      42
            globex: 2             5       6
            total of globex      30      36
            total of acme        70      73
            total               100     109
            """);

    assertThat(ramp("2026-11-23", "--preview", "1", "--out", "preview.csv").exitCode()).isZero();
    assertThat(ramp("2026-11-23", "--preview", "2", "--out", "preview.csv").exitCode()).isZero();
    assertThat(home.resolve("preview.csv"))
        .hasContent(
            """
            line,email_account_id,from_email,workspace,2026-11-23,2026-11-24
            2,1,,globex,25,30
            3,1,,acme,30,31
            4,2,,acme,40,42
            5,2,,globex,5,6
            total,,,globex,30,36
            total,,,acme,70,73
            total,,,,100,109
            """);

    JsonNode json =
        JsonMapper.shared().readTree(ramp("2026-11-23", "--preview", "2", "--json").out());
    assertThat(json.at("/accounts/1/workspace").stringValue()).isEqualTo("acme");
    assertThat(json.at("/totals_by_workspace").toString())
        .isEqualTo("{\"globex\":[30,36],\"acme\":[70,73]}");
  }

  @Test
  void anUnknownWorkspaceIsAProblemOfThePlan() throws IOException {
    program.file("ramp.csv", "id,from,start,step,cap,workspace", "1,2026-11-23,25,5,50,globax");

    Ended ended = ramp("2026-11-24");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("the nearest is globex");
  }
}
