package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server dies in mid-run and comes back later. */
class ServerAwayTest {

  private static final int ROWS = 300;

  @TempDir Path home;

  @Test
  void rowsNotTriedStayOpenAndAreDoneWhenItIsBack() throws Exception {
    TestProgram program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key");
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        IntStream.range(0, ROWS)
            .mapToObj(i -> (Sandbox.FIRST_ACCOUNT_ID + i) + ",5")
            .collect(joining("\n")));
    AtomicInteger calls = new AtomicInteger();
    Thread[] killer = new Thread[1];
    StableAddress address = new StableAddress();
    Sandbox dying =
        Sandbox.start(
            settings(),
            request -> {
              if (calls.incrementAndGet() == ROWS / 3) {
                killer[0].start();
              }
            });
    address.of(dying);
    killer[0] = new Thread(dying::close);
    String[] update = {
      "update",
      "rows.csv",
      "--rate",
      "unlimited",
      "--concurrency",
      "8",
      "--max-outage",
      "2s",
      "--base-url",
      address.url()
    };

    Ended stopped = program.run(update);

    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(5);
    assertThat(stopped.err()).contains("the server is away: ").contains("To resume run 1: ");
    assertThat(Files.readString(program.runFile(1, "results.csv"))).doesNotContain(",failed,");

    killer[0].join();
    try (address;
        Sandbox back = address.of(Sandbox.start(settings()))) {
      Ended resumed = program.run(update);

      assertThat(resumed.exitCode()).as(resumed.err()).isZero();
      assertThat(back.counts().updatesApplied()).isLessThan(ROWS);
    }
    List<String> lines = Files.readAllLines(program.runFile(1, "results.csv"));
    assertThat(lines).hasSize(ROWS + 1);
    for (int i = 1; i <= ROWS; i++) {
      assertThat(lines.get(i)).startsWith(i + "," + (i + 1) + ",").contains(",updated,");
    }
  }

  private static SandboxSettings settings() throws IOException {
    return new SandboxSettings(
        0, ROWS, List.of(), Duration.ofMillis(5), FaultPlan.none(), null, 1, null);
  }
}
