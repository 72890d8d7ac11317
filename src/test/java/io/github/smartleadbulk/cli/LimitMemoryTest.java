package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits hold across runs that follow each other at once. */
class LimitMemoryTest {

  @TempDir Path home;

  @Test
  void theNextRunCountsTheCallsOfTheOneBefore() throws IOException {
    TestProgram program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key");
    program.file("first.csv", rows(6));
    program.file("second.csv", rows(7));
    SandboxSettings strict =
        new SandboxSettings(
            0, 100, RateWindow.parseAll("10/2s"), Duration.ZERO, FaultPlan.none(), null, 1, null);
    try (Sandbox sandbox = Sandbox.start(strict)) {
      for (String file : new String[] {"first.csv", "second.csv"}) {
        assertThat(
                program
                    .run(
                        "update",
                        file,
                        "--rate",
                        "10/2s",
                        "--reserve",
                        "0",
                        "--base-url",
                        sandbox.baseUrl().toString())
                    .exitCode())
            .isZero();
      }
      assertThat(sandbox.counts().requestsByStatus()).containsOnlyKeys(200);
    }
  }

  private static String rows(int count) {
    return "id,max_email_per_day\n"
        + IntStream.range(0, count)
            .mapToObj(i -> (Sandbox.FIRST_ACCOUNT_ID + i) + ",5")
            .collect(joining("\n"));
  }
}
