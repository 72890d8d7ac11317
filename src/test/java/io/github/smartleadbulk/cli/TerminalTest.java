package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees, in a real terminal, from the real {@code run.sh}. */
@Timeout(90)
final class TerminalTest {

  /** Nine calls go at once; the others have to wait. */
  private static final String UPDATE = "./run.sh update rows.csv --sandbox --rate 12/2s";

  private static final int ROWS = 25;

  @TempDir private Path home;

  @BeforeEach
  void checkout() throws Exception {
    PseudoTerminal.checkout(home);
    Files.writeString(
        home.resolve("rows.csv"),
        IntStream.rangeClosed(1, ROWS)
            .mapToObj(id -> id + ",5")
            .collect(joining("\n", "id,max_email_per_day\n", "\n")));
  }

  private PseudoTerminal start(int columns, String command) throws Exception {
    return PseudoTerminal.start(home, columns, Map.of(), command);
  }

  /** The texts of the live line. */
  private static List<String> lines(String screen) {
    return Arrays.stream(screen.split("\r"))
        .filter(part -> part.contains("\u001B[K"))
        .map(part -> part.substring(0, part.indexOf('\u001B')))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 200})
  void theLiveLineIsAsWideAsTheTerminalAndNeverWraps(int columns) throws Exception {
    try (PseudoTerminal terminal = start(columns, UPDATE)) {
      assertThat(terminal.exitCode()).as(terminal.screen()).isZero();

      List<String> lines = lines(terminal.screen());
      assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(columns));
      assertThat(lines).anySatisfy(line -> assertThat(line).contains("window of 9/2s full until "));
      assertThat(lines).anySatisfy(line -> assertThat(line).contains(" to send"));
      if (columns >= 80) {
        assertThat(lines)
            .anySatisfy(
                line ->
                    assertThat(line).containsPattern("full until [0-9:]{8}, done at [0-9:]{8} "));
      }
      if (columns >= 200) {
        assertThat(lines)
            .anySatisfy(
                line ->
                    assertThat(line)
                        .matches(
                            "9 of 25 rows, 9 updated, 16 to send, window of 9/2s full until"
                                + " [0-9:]{8}, done at [0-9:]{8} (UTC|[-+][0-9:]{5})"));
      }
    }
  }

  @Test
  void theLiveLineFollowsAResize() throws Exception {
    try (PseudoTerminal terminal = start(60, UPDATE)) {
      terminal.await(screen -> screen.contains("full until"));
      terminal.resize(200);
      terminal.await(screen -> lines(screen).stream().anyMatch(line -> line.length() > 80));
      terminal.resize(40);
      int before = lines(terminal.screen()).size();
      terminal.await(
          screen -> lines(screen).stream().skip(before).anyMatch(line -> line.length() < 40));

      assertThat(terminal.exitCode()).as(terminal.screen()).isZero();
      assertThat(lines(terminal.screen()).stream().dropWhile(line -> line.length() <= 80))
          .as("narrow again at the end")
          .last()
          .satisfies(line -> assertThat(line).hasSizeLessThan(40));
    }
  }

  @Test
  void aLineForEachWorkspaceIsShownAsLongAsTheTerminalIsHighEnough() throws Exception {
    Files.createDirectories(home.resolve("config"));
    Files.writeString(
        home.resolve("config/smartlead-bulk.properties"),
        "workspace.acme.api-key-file = a.key\nworkspace.globex.api-key-file = g.key\n");
    Files.writeString(home.resolve("a.key"), "a\n");
    Files.writeString(home.resolve("g.key"), "g\n");
    Files.writeString(
        home.resolve("rows.csv"),
        IntStream.rangeClosed(1, 2 * ROWS)
            .mapToObj(id -> id + ",5," + (id % 2 == 0 ? "acme" : "globex"))
            .collect(joining("\n", "id,max_email_per_day,workspace\n", "\n")));
    try (PseudoTerminal terminal = start(100, UPDATE)) {
      terminal.await(
          screen -> screen.replace("\r\n", "\n").contains("\u001B[K\nacme: 9 of 25 rows, window"));
      terminal.resizeHeight(3);
      terminal.await(screen -> screen.contains("2 workspaces ("));

      assertThat(terminal.exitCode()).as(terminal.screen()).isZero();
    }
  }

  @Test
  void theMessageOfCtrlCBeginsOnALineOfItsOwnAndTheResumeTellsTheFinishAtOnce() throws Exception {
    try (PseudoTerminal terminal = start(80, UPDATE)) {
      terminal.await(screen -> screen.contains("full until"));
      terminal.type("\u0003");

      assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(130);
      assertThat(terminal.screen())
          .containsPattern(
              "\r\u001B\\[KSIGINT: sending no new rows, waiting for the calls in flight\\.")
          .contains("To resume run 1: ./run.sh resume 1 --rate 12/2s\r\n");
    }
    try (PseudoTerminal terminal = start(200, "./run.sh resume 1 --rate 12/2s")) {
      assertThat(terminal.exitCode()).as(terminal.screen()).isZero();
      assertThat(lines(terminal.screen()).stream().filter(line -> line.contains("done at")))
          .first()
          .satisfies(
              line -> assertThat(line).matches("[0-9]+ of 25 rows, .* done at [0-9:]{8} .*"));
    }
  }

  @Test
  void aDumbTerminalGetsPlainLines() throws Exception {
    try (PseudoTerminal terminal =
        PseudoTerminal.start(home, 80, Map.of("TERM", "dumb"), UPDATE + " --fresh")) {
      assertThat(terminal.exitCode()).as(terminal.screen()).isZero();
      assertThat(terminal.screen()).doesNotContain("\u001B");
      assertThat(terminal.screen().replace("\r\n", "\n")).doesNotContain("\r");
    }
  }

  /** A command that a message offers works where it is read. */
  @ParameterizedTest
  @ValueSource(strings = {"./run.sh", "../run.sh", "sub/../run.sh", "sh run.sh", "run.sh"})
  void commandsToPasteBeginAsTheUserCalledTheProgram(String program) throws Exception {
    Path folder = Files.createDirectories(home.resolve("sub"));
    boolean isBelow = program.startsWith("../");
    Files.writeString(folder.resolve("rows.csv"), "id,max_email_per_day\n1,5\n");
    Map<String, String> variables = Map.of("PATH", home + ":" + System.getenv("PATH"));

    try (PseudoTerminal terminal =
        PseudoTerminal.start(
            isBelow ? folder : home,
            80,
            variables,
            program + " plan " + (isBelow ? "" : "sub/") + "rows.csv --sandbox")) {
      assertThat(terminal.exitCode()).as(terminal.screen()).isZero();
      String called =
          program.equals("run.sh") ? home + "/run.sh" : program.replace("sh run.sh", "./run.sh");
      assertThat(terminal.screen()).contains(" " + called + " update --plan 1");
    }
  }
}
