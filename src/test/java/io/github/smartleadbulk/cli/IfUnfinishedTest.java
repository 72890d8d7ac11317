package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfUnfinishedTest {

  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;

  @TempDir Path home;

  private TestProgram program;
  private Sandbox sandbox;
  private StableAddress address;

  /** Run 1 is unfinished, as the server refused its key at that time. */
  @BeforeEach
  void leaveARunUnfinished() throws IOException {
    program = new TestProgram(home).with("SMARTLEAD_API_KEY", "right");
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5");
    address = new StableAddress();
    sandbox = address.of(sandbox("401:100%"));
    assertThat(update().exitCode()).isEqualTo(3);
    sandbox.close();
    sandbox = address.of(sandbox("none"));
  }

  private static Sandbox sandbox(String faults) throws IOException {
    return Sandbox.start(
        new SandboxSettings(
            0, 10, List.of(), Duration.ZERO, FaultPlan.parse(faults), null, 1, null));
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
    address.close();
  }

  private Ended update(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("update", "rows.csv", "--rate", "unlimited", "--base-url"));
    arguments.add(address.url());
    arguments.addAll(List.of(more));
    return program.run(arguments.toArray(new String[0]));
  }

  @ParameterizedTest
  @CsvSource({
    "'', Run 1: resuming",
    "--if-unfinished resume, Run 1: resuming",
    "--if-unfinished fresh, Run 2: rows.csv against",
    "--fresh, Run 2: rows.csv against",
    "--fresh --if-unfinished fresh, Run 2: rows.csv against",
  })
  void itIsResumedOrAbandoned(String options, String beginning) {
    Ended ended = update(options.isEmpty() ? new String[0] : options.split(" "));

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).startsWith(beginning);
  }

  @ParameterizedTest
  @ValueSource(strings = {",5", ",6"})
  void skippingDoesNothingWhetherTheFileHasChangedOrNot(String limit) throws IOException {
    program.file("rows.csv", "id,max_email_per_day", FIRST + limit);

    Ended skipped = update("--if-unfinished", "skip");
    assertThat(skipped.exitCode()).isZero();
    assertThat(skipped.out()).isEmpty();
    assertThat(skipped.err())
        .matches(
            "Run 1 of rows.csv is unfinished, so nothing was done. To abandon it and start again, add"
                + " --fresh. To resume it: ./run.sh resume 1 .*\\R");
    assertThat(update("--if-unfinished", "skip", "-q")).isEqualTo(new Ended(0, "", ""));
    assertThat(sandbox.counts().requests()).isZero();
    assertThat(program.run("runs").out()).contains("stopped").doesNotContain("finished");
  }

  @Test
  void skippingBeginsARunWhereNoneIsUnfinished() {
    update();

    assertThat(update("--if-unfinished", "skip").err()).startsWith("Run 2: rows.csv against");
  }

  @Test
  void contradictionsAreRefusedAndTheCommandLineBeatsTheFile() throws IOException {
    Ended ended = update("--fresh", "--if-unfinished", "skip");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo("error: --fresh contradicts --if-unfinished skip" + System.lineSeparator());

    program.withConfig("fresh = true", "if-unfinished = resume");
    assertThat(update().exitCode()).isEqualTo(2);
    program.withConfig("fresh = true");
    assertThat(update("--if-unfinished", "skip").err()).contains("nothing was done");
    program.withConfig("if-unfinished = skip");
    assertThat(update("--fresh").err()).startsWith("Run 2: rows.csv against");
  }
}
