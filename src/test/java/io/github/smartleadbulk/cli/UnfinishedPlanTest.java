package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Plans that were stopped, beside updates that were. */
class UnfinishedPlanTest extends AgainstFakeSmartlead {

  UnfinishedPlanTest() {
    super(30);
  }

  @BeforeEach
  void start() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,33", "5,34", "x,1");
  }

  @AfterEach
  void nothingIsSent() {
    assertThat(api.updates()).isEmpty();
  }

  private Ended plan(String... more) {
    return run(List.of("plan", "rows.csv"), more);
  }

  @Test
  void aPlanThatIsStoppedGoesOn() throws IOException {
    for (long id = 31; id <= 250; id++) {
      api.add(id);
    }
    api.script = call -> call.offset() == 198 ? new Answer(403, "{\"message\":\"no\"}") : null;
    Ended stopped = plan("--snapshot", "full", "--json");
    assertThat(stopped.exitCode()).isEqualTo(3);
    assertThat(JsonMapper.shared().readTree(stopped.out()).get("status").stringValue())
        .isEqualTo("stopped");
    api.script = call -> null;
    api.forget();

    Ended resumed = api.run(program, "resume", "1", "--snapshot", "full");

    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(1);
    assertThat(resumed.out()).contains("Plan 1 finished").contains("to change             2");
    assertThat(api.offsets()).containsExactly(198L, 250L);
  }

  /** Neither is the other's unfinished run. */
  @Test
  void aPlanAndAnUpdateOfOneFileAreTwoRuns() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,20");
    api.script = call -> new Answer(401, "{\"message\":\"no\"}");
    assertThat(plan().exitCode()).isEqualTo(3);
    api.script = call -> null;

    Ended update = api.run(program, "update", "rows.csv");

    assertThat(update.err()).contains("Run 2: rows.csv against ");
    assertThat(program.run("runs", "--json").out())
        .contains("\"command\" : \"plan\"")
        .contains("\"command\" : \"update\"");
    assertThat(program.run("show", "1").exitCode()).isZero();
  }

  /** It has sent nothing: there is nothing to go on with that could be lost. */
  @Test
  void anUnfinishedPlanIsNotInTheWayOfANewOne() throws IOException {
    api.script = call -> new Answer(401, "{\"message\":\"no\"}");
    assertThat(plan().exitCode()).isEqualTo(3);
    program.file("rows.csv", "id,max_email_per_day", "4,20");
    assertThat(plan().exitCode()).isEqualTo(3);
    api.script = call -> null;

    assertThat(plan("--allow-zero").exitCode()).isZero();

    assertThat(program.run("runs", "--json").out())
        .containsSubsequence("abandoned", "abandoned", "finished");
  }

  @Test
  void aPlanIsNotAmongTheRunsThatHaveChangedAccounts() throws IOException {
    program.file("other.csv", "id,max_email_per_day", "4,20");
    api.script = call -> new Answer(401, "{\"message\":\"no\"}");
    assertThat(api.run(program, "update", "other.csv").exitCode()).isEqualTo(3);
    api.script = call -> null;
    assertThat(plan().exitCode()).isEqualTo(1);

    Ended resumed = api.run(program, "update", "other.csv");

    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.err()).doesNotContain("have changed accounts since");
  }
}
