package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command about an earlier run goes to the API of that run, or nowhere. */
class TargetOfRunTest extends AgainstFakeSmartlead {

  private static final String ELSEWHERE = "http://127.0.0.1:9/api/v1";

  TargetOfRunTest() {
    super(3);
  }

  @BeforeEach
  void rows() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "1,5", "2,6", "3,7");
  }

  /** Run 1 is unfinished, run 2 has failed rows. */
  private void runAgainstTheFake() {
    api.script = call -> new Answer(401, "{}");
    assertThat(run("update", "rows.csv", "--concurrency", "1").exitCode()).isEqualTo(3);
    api.script = call -> call.isUpdate() && call.account() == 3 ? new Answer(400, "{}") : null;
    assertThat(run("update", "rows.csv", "--fresh").exitCode()).isEqualTo(1);
    api.script = call -> null;
    api.forget();
  }

  private Ended elsewhere(String command, String... more) {
    String[] arguments = new String[more.length + 2];
    System.arraycopy(command.split(" "), 0, arguments, 0, 2);
    System.arraycopy(more, 0, arguments, 2, more.length);
    return program.with("SMARTLEAD_API_KEY", "key").run(arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry 2", "rollback 2"})
  void anotherBaseUrlIsRefused(String command) {
    runAgainstTheFake();

    Ended ended = elsewhere(command, "--base-url", ELSEWHERE);

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "error: run 2 was made against %s and cannot be continued against %s\n"
                .formatted(api.url, ELSEWHERE));
    assertThat(api.offsets()).isEmpty();
    assertThat(api.updated()).isEmpty();
  }

  @Test
  void anotherBaseUrlIsRefusedForAResume() {
    api.script = call -> new Answer(401, "{}");
    assertThat(run("update", "rows.csv").exitCode()).isEqualTo(3);

    Ended ended = elsewhere("resume 1", "--base-url", ELSEWHERE);

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "error: run 1 was made against %s and cannot be continued against %s\n"
                .formatted(api.url, ELSEWHERE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry 2", "rollback 2"})
  void theSandboxIsAnotherTarget(String command) {
    runAgainstTheFake();

    Ended ended = elsewhere(command, "--sandbox");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains("error: run 2 was made against " + api.url + " and cannot be continued against");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resume 1", "retry 1", "rollback 1"})
  void aRunOfTheSandboxTakesNoBaseUrl(String command) {
    assertThat(program.run("update", "rows.csv", "--sandbox", "--rate", "unlimited").exitCode())
        .isZero();

    Ended ended = elsewhere(command, "--base-url", api.url);

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err())
        .contains("error: run 1 was made against the embedded sandbox: remove --base-url\n");
    assertThat(api.updated()).isEmpty();
  }

  /** Only the command line contradicts: a variable and the config file are for new runs. */
  @ParameterizedTest
  @ValueSource(strings = {"retry 2", "rollback 2"})
  void theVariableIsForNewRuns(String command) {
    runAgainstTheFake();

    program.with("SMARTLEAD_BASE_URL", ELSEWHERE);
    Ended ended = elsewhere(command, "--rate", "unlimited");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(api.updated()).isNotEmpty();
  }

  /** It is the same address, however it is written. */
  @Test
  void aSlashAtTheEndIsNoContradiction() {
    runAgainstTheFake();

    assertThat(elsewhere("retry 2", "--rate", "unlimited", "--base-url", api.url + "/").exitCode())
        .isZero();
  }
}
