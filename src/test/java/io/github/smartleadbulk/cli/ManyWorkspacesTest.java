package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxKey;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows of a hundred workspaces in any order, in a heap that the number of rows does not change.
 * There are 25,000 rows, or {@code -Drows=100000}; {@code -Dseed} mixes them in another way.
 */
@Timeout(900)
final class ManyWorkspacesTest {

  private static final int WORKSPACES = 100;
  private static final int PER_WORKSPACE = Integer.getInteger("rows", 10_000) / WORKSPACES;
  private static final int ROWS = WORKSPACES * PER_WORKSPACE;

  private static final List<String> IN_64_MEGABYTES =
      List.of("bash", "-c", "java=$1; shift; exec \"$java\" -Xmx64m \"$@\"", "-");

  @TempDir private Path home;

  private static String name(int workspace) {
    return "agency-" + workspace;
  }

  private void writeConfig(String url) throws IOException {
    List<String> lines = new ArrayList<>(List.of("rate = unlimited", "base-url = " + url));
    for (int workspace = 0; workspace < WORKSPACES; workspace++) {
      Path key = home.resolve(name(workspace) + ".key");
      Files.writeString(key, "key-" + workspace);
      lines.add("workspace.%s.api-key-file = %s".formatted(name(workspace), key));
    }
    Files.write(
        Files.createDirectory(home.resolve("config")).resolve("smartlead-bulk.properties"), lines);
  }

  /** Returns the workspace of each row. */
  private int[] writeRows(Random random) throws IOException {
    int[] workspaces = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      int other = random.nextInt(row + 1);
      workspaces[row] = workspaces[other];
      workspaces[other] = row % WORKSPACES;
    }
    long[] next = new long[WORKSPACES];
    try (BufferedWriter out = Files.newBufferedWriter(home.resolve("rows.csv"))) {
      out.write("id,max_email_per_day,workspace\n");
      for (int workspace : workspaces) {
        out.write(Sandbox.FIRST_ACCOUNT_ID + next[workspace]++ + ",33," + name(workspace) + "\n");
      }
    }
    return workspaces;
  }

  /** The first answer for one workspace leaves when all others have nothing left to send. */
  @Test
  void linesAreInTheOrderOfTheInputAlthoughOneWorkspaceHoldsThemUp(TestReporter reporter)
      throws Exception {
    int[] workspaces = writeRows(new Random(Long.getLong("seed", 1)));
    CountDownLatch others = new CountDownLatch(ROWS - PER_WORKSPACE);
    AtomicBoolean tooLate = new AtomicBoolean();
    List<SandboxKey> keys = new ArrayList<>();
    for (int workspace = 0; workspace < WORKSPACES; workspace++) {
      keys.add(new SandboxKey("key-" + workspace, name(workspace), PER_WORKSPACE, List.of()));
    }
    SandboxSettings settings =
        new SandboxSettings(0, 1, List.of(), Duration.ZERO, FaultPlan.none(), null, 1, null)
            .with(keys);
    try (Sandbox sandbox =
        Sandbox.start(
            settings,
            request -> {
              if (request.accountId() == null) {
                return;
              }
              if (name(workspaces[0]).equals(request.keyName())) {
                try {
                  if (!others.await(800, TimeUnit.SECONDS)) {
                    tooLate.set(true);
                  }
                } catch (InterruptedException e) {
                  tooLate.set(true);
                }
              } else {
                others.countDown();
              }
            })) {
      writeConfig(sandbox.baseUrl().toString());
      try (ProgramProcess program =
          ProgramProcess.start(
              home,
              "",
              IN_64_MEGABYTES,
              List.of(
                  "update",
                  home.resolve("rows.csv").toString(),
                  "--timeout",
                  "1h",
                  "--concurrency",
                  "64"))) {
        long peak = 0;
        long threads = 0;
        while (!program.endsWithin(200)) {
          peak = Math.max(peak, status(program.pid(), "VmHWM:"));
          threads = Math.max(threads, status(program.pid(), "Threads:"));
        }
        reporter.publishEntry("resident kB", Long.toString(peak));
        reporter.publishEntry("threads", Long.toString(threads));
        assertThat(program.exitCode()).as(program.err()).isZero();
      }
      assertThat(tooLate).isFalse();
      assertThat(sandbox.counts().updatesApplied()).isEqualTo(ROWS);
    }
    assertResults(workspaces);
  }

  /** What Linux tells of a process; 0 if it has ended, or elsewhere. */
  private static long status(long pid, String name) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findAny()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private void assertResults(int[] workspaces) throws IOException {
    long[] next = new long[WORKSPACES];
    try (BufferedReader results = Files.newBufferedReader(home.resolve("var/runs/1/results.csv"))) {
      assertThat(results.readLine()).endsWith(",workspace");
      for (int row = 0; row < ROWS; row++) {
        int workspace = workspaces[row];
        String line = results.readLine();
        assertThat(line)
            .startsWith(
                "%d,%d,%d,updated,max_email_per_day,200,1,,"
                    .formatted(row + 1, row + 2, Sandbox.FIRST_ACCOUNT_ID + next[workspace]++))
            .endsWith("," + name(workspace));
      }
      assertThat(results.readLine()).isNull();
    }
  }
}
