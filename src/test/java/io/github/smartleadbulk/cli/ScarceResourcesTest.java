package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that lacks memory, or has nobody who reads what it writes. */
final class ScarceResourcesTest {

  @TempDir private Path home;
  private ProcessRehearsal rehearsal;

  @BeforeEach
  void start() throws IOException {
    rehearsal = new ProcessRehearsal(home, 400, Duration.ofMillis(1));
  }

  @AfterEach
  void close() {
    rehearsal.close();
  }

  private static List<String> shell(String script) {
    return List.of("bash", "-c", script, "-");
  }

  @Test
  void tooLittleMemoryIsAFaultWithWords() throws Exception {
    // The first argument is java itself.
    try (ProgramProcess program =
        rehearsal.updateIn(shell("java=$1; shift; exec \"$java\" -Xmx7m \"$@\""))) {
      assertThat(program.exitCode()).as(program.err()).isEqualTo(70);
      assertThat(program.err())
          .contains("error: the memory is used up. Give the program more, such as JAVA_OPTS=")
          .doesNotContain("java.lang");
    }
    try (ProgramProcess program = rehearsal.update()) {
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    rehearsal.assertResultsWhole(1);
  }

  @Test
  void standardOutputThatCannotBeWrittenIsTold() throws Exception {
    try (ProgramProcess program = rehearsal.update()) {
      assertThat(program.exitCode()).as(program.err()).isZero();
    }
    for (String command : List.of("--help", "show 1", "export --rate unlimited")) {
      for (String lost : List.of("exec \"$@\" > /dev/full", "exec \"$@\" >&-")) {
        try (ProgramProcess program = rehearsal.lookIn(shell(lost), command.split(" "))) {
          assertThat(program.exitCode()).as(command + lost + program.err()).isEqualTo(5);
          assertThat(program.err())
              .contains(
                  "error: standard output cannot be written: it was closed, or its disk is full");
        }
      }
    }
  }
}
