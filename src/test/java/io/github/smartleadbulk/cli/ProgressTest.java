package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

  @TempDir Path home;

  private TestProgram program() throws IOException {
    TestProgram program = new TestProgram(home);
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        IntStream.range(1, 14).mapToObj(id -> id + ",5").collect(joining("\n")));
    return program;
  }

  @Test
  void aTerminalHasALineThatSaysWhatIsWaitedForAndIsGoneAtTheEnd() throws IOException {
    Ended ended =
        program().onTerminal(120).run("update", "rows.csv", "--sandbox", "--rate", "10/2s");

    assertThat(ended.err())
        .containsPattern(
            "\r7 of 13 rows, [0-9.]+/s, [0-9.]+ s left"
                + " \\(window of 8/2s full, next call \\d\\d:\\d\\d:\\d\\d\\)\u001B\\[K")
        .endsWith("\r\u001B[K");
  }

  @Test
  void aNarrowTerminalIsNotOverrun() throws IOException {
    Ended ended =
        program().onTerminal(30).run("update", "rows.csv", "--sandbox", "--rate", "10/2s");

    assertThat(ended.err().split("\r"))
        .allSatisfy(line -> assertThat(line.replace("\u001B[K", "").lines().count()).isLessThan(3));
    assertThat(ended.err()).containsPattern("\r7 of 13 rows, [^\r]{0,15}\u001B\\[K");
  }

  @Test
  void elsewhereThereAreOnlyLines() throws IOException {
    Ended ended = program().run("update", "rows.csv", "--sandbox", "--rate", "unlimited");

    assertThat(ended.err()).isEqualTo("Run 1: rows.csv against sandbox" + System.lineSeparator());
  }

  @Test
  void quietHasNoLine() throws IOException {
    Ended ended =
        program().onTerminal(120).run("update", "rows.csv", "--sandbox", "--rate", "10/2s", "-q");

    assertThat(ended.err()).doesNotContain("of 13 rows");
  }
}
