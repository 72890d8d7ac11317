package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each answer of the sandbox makes of a row, with two attempts. */
class FaultTableTest {

  private static final long ID = Sandbox.FIRST_ACCOUNT_ID;

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    // fault, exit code, status, HTTP status, calls
    "notok, 1, failed, 200, 1",
    "empty, 1, uncertain, 200, 2",
    "text, 1, uncertain, 200, 2",
    "html, 1, uncertain, 200, 2",
    "cut, 1, uncertain, 200, 2",
    "400, 1, failed, 400, 1",
    "404, 1, failed, 404, 1",
    "409, 1, failed, 409, 1",
    "422, 1, failed, 422, 1",
    "302, 1, failed, 302, 2",
    "408, 1, failed, 408, 2",
    "500, 1, failed, 500, 2",
    "502, 1, failed, 502, 2",
    "503, 1, failed, 503, 2",
    "524, 1, failed, 524, 2",
    "reset, 1, uncertain, , 2",
    "lost, 1, uncertain, , 2",
    "hang, 1, uncertain, , 2",
    "401, 3, , , 1",
    "403, 3, , , 1",
  })
  void becomesOfARow(String fault, int exitCode, String status, String httpStatus, int calls)
      throws IOException {
    TestProgram program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key");
    program.file("rows.csv", "id,max_email_per_day", ID + ",5");
    SandboxSettings settings =
        new SandboxSettings(
            0, 10, List.of(), Duration.ZERO, FaultPlan.parse(fault + ":100%"), null, 1, null);
    try (Sandbox sandbox = Sandbox.start(settings)) {
      Ended ended =
          program.run(
              "update",
              "rows.csv",
              "--max-attempts",
              "2",
              "--timeout",
              "1s",
              "--snapshot",
              "none",
              "--rate",
              "unlimited",
              "--base-url",
              sandbox.baseUrl().toString());

      assertThat(ended.exitCode()).isEqualTo(exitCode);
      assertThat(sandbox.counts().requests()).isEqualTo(calls);
      List<String> lines = Files.readAllLines(program.runFile(1, "results.csv"));
      if (status == null) {
        assertThat(lines).hasSize(1);
      } else {
        assertThat(lines.get(1))
            .startsWith("1,2," + ID + "," + status + ",")
            .contains("," + (httpStatus == null ? "" : httpStatus) + "," + calls + ",")
            .doesNotContain("<html", "<p>");
      }
    }
  }
}
