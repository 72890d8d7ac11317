package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures that together are far larger than the memory. */
final class LargeTextsTest {

  private static final int ROWS = 150;
  private static final int CHARACTERS = 100_000;
  private static final List<String> IN_LITTLE_MEMORY =
      List.of("bash", "-c", "java=$1; shift; exec \"$java\" -Xmx40m \"$@\"", "-");

  @TempDir private Path home;
  private ProcessRehearsal rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new ProcessRehearsal(home, ROWS, Duration.ofMillis(5));
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  @Test
  void twoNightsARollbackAndPruneNeedNoMoreMemoryThanASmallRun() throws Exception {
    writeSignatures("one");
    succeeds("update", rehearsal.input.toString(), "--allow-damaged-text");
    long firstNight = database();
    writeSignatures("two");
    succeeds("update", rehearsal.input.toString(), "--allow-damaged-text");
    assertThat(database() - firstNight)
        .as("what is kept of the second night: values before and after, and no account list")
        .isLessThan(3L * ROWS * CHARACTERS);
    succeeds("rollback", "2");
    try (ProgramProcess prune = rehearsal.lookIn(IN_LITTLE_MEMORY, "prune", "--older-than", "0s")) {
      assertThat(prune.exitCode()).as(prune.err()).isZero();
      assertThat(prune.out()).contains("Deleted runs [1, 2, 3].");
    }
    assertThat(database()).isLessThan(CHARACTERS * 10L);
  }

  private void writeSignatures(String night) throws IOException {
    String text = "x".repeat(CHARACTERS);
    try (BufferedWriter out = Files.newBufferedWriter(rehearsal.input)) {
      out.write("id,signature\n");
      for (int i = 0; i < ROWS; i++) {
        out.write(10_000_001 + i + ",<p>" + night + i + "</p>" + text + "\n");
      }
    }
  }

  private void succeeds(String... arguments) throws IOException, InterruptedException {
    try (ProgramProcess program = rehearsal.run(IN_LITTLE_MEMORY, arguments)) {
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
  }

  private long database() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("var"))) {
      return files
          .filter(file -> file.toString().endsWith(".mv.db"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
