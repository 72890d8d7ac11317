package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of its own that is too small, where the machine lets a test mount one. */
class FullDiskTest {

  private static final int ROWS = 15_000;

  @TempDir Path home;

  @Test
  void aFullDiskStopsTheRunAndRoomLetsItGoOn() throws Exception {
    Path disk = Files.createDirectory(home.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=2500k", "tmpfs", disk.toString()) == 0);
    try {
      TestProgram program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key");
      program.file(
          "rows.csv",
          "id,max_email_per_day,_note",
          IntStream.range(0, ROWS)
              .mapToObj(i -> (Sandbox.FIRST_ACCOUNT_ID + i) + "," + (1 + i % 50) + ",row " + i)
              .collect(joining("\n")));
      SandboxSettings settings =
          new SandboxSettings(
              0,
              ROWS,
              List.of(),
              java.time.Duration.ZERO,
              io.github.smartleadbulk.sandbox.FaultPlan.none(),
              null,
              1);
      try (Sandbox sandbox = Sandbox.start(settings)) {
        String[] update = {
          "update",
          "rows.csv",
          "--state-dir",
          disk.toString(),
          "--rate",
          "unlimited",
          "--base-url",
          sandbox.baseUrl().toString()
        };
        Ended full = program.run(update);
        assertThat(full.exitCode()).as(full.err()).isEqualTo(5);
        assertThat(full.err()).contains("error: ").doesNotContain("\tat ");
        long sentBefore = sandbox.counts().updatesApplied();

        assertThat(run("mount", "-o", "remount,size=200m", disk.toString())).isZero();
        Ended resumed = program.run(update);

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        List<String> lines = Files.readAllLines(disk.resolve("runs/1/results.csv"));
        assertThat(lines).hasSize(ROWS + 1);
        for (int i = 1; i <= ROWS; i++) {
          assertThat(lines.get(i)).startsWith(i + "," + (i + 1) + ",").contains(",updated,");
        }
        assertThat(sandbox.counts().updatesApplied()).isBetween((long) ROWS, ROWS + sentBefore);
      }
    } finally {
      run("umount", disk.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
