package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Accounts whose signatures together are larger than the memory. */
final class LargeTextsTest {

  private static final int ACCOUNTS = 150;
  private static final int CHARACTERS = 300_000;
  private static final List<String> IN_LITTLE_MEMORY =
      List.of("bash", "-c", "java=$1; shift; exec \"$java\" -Xmx56m \"$@\"", "-");

  @TempDir private Path home;
  private ProcessRehearsal rehearsal;

  @BeforeEach
  void start() throws Exception {
    rehearsal = new ProcessRehearsal(home, ACCOUNTS, ACCOUNTS, Duration.ZERO);
    rehearsal.giveSignatures(CHARACTERS);
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  @Test
  void aListLargerThanTheMemoryIsReadAndNothingOfItStays() throws Exception {
    try (ProgramProcess program = rehearsal.run(IN_LITTLE_MEMORY, "--snapshot", "full")) {
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.err()).doesNotContain("warning");
    }
    assertThat(database()).isLessThan(ACCOUNTS * CHARACTERS / 10L);
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
