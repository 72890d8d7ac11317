package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every file in {@code samples/}, and the ramps for a day, and compares what it leaves with
 * {@code samples/expected/}; times of day are an asterisk there.
 */
class SamplesTest {

  private static final Path CHECKOUT = Path.of("").toAbsolutePath();

  static List<String> samples() throws IOException {
    return samples("samples");
  }

  static List<String> ramps() throws IOException {
    return samples("samples/ramps");
  }

  private static List<String> samples(String folder) throws IOException {
    try (Stream<Path> files = Files.list(CHECKOUT.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".csv"))
          .map(name -> name.substring(0, name.length() - ".csv".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void leavesWhatIsExpected(String sample, @TempDir Path home) throws IOException {
    TestProgram program = new TestProgram(home, CHECKOUT);

    List<String> arguments =
        new ArrayList<>(
            List.of("update", "samples/" + sample + ".csv", "--sandbox", "--rate", "unlimited"));
    arguments.addAll(options(sample));
    Ended ended = program.run(arguments.toArray(String[]::new));

    assertExpected(sample, program, ended);
  }

  @ParameterizedTest
  @MethodSource
  void ramps(String sample, @TempDir Path home) throws IOException {
    TestProgram program = new TestProgram(home, CHECKOUT);

    Ended ended =
        program.run(
            "ramp",
            "samples/ramps/" + sample + ".csv",
            "--date",
            "2026-11-23",
            "--sandbox",
            "--rate",
            "unlimited");

    assertExpected(sample, program, ended);
    assertThat(Documents.text(Documents.GUIDE)).contains("samples/ramps/" + sample + ".csv");
  }

  private static void assertExpected(String sample, TestProgram program, Ended ended)
      throws IOException {
    assertThat(withoutTimes(program.runFile(1, "results.csv")))
        .isEqualTo(expected(sample + ".results.csv"));
    for (String name : List.of("before.csv", "failed.csv")) {
      Path expected = CHECKOUT.resolve("samples/expected").resolve(sample + "." + name);
      assertThat(Files.exists(program.runFile(1, name))).isEqualTo(Files.exists(expected));
      if (Files.exists(expected)) {
        assertThat(program.runFile(1, name)).hasSameTextualContentAs(expected);
      }
    }
    assertThat(ended.exitCode()).isEqualTo(Files.exists(program.runFile(1, "failed.csv")) ? 1 : 0);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isNamedInTheGuide(String sample) {
    assertThat(Documents.text(Documents.GUIDE)).contains("samples/" + sample + ".csv");
  }

  /** What a sample needs beside its file: an argument a line. */
  private static List<String> options(String sample) throws IOException {
    Path options = CHECKOUT.resolve("samples").resolve(sample + ".options");
    return Files.exists(options) ? Files.readAllLines(options) : List.of();
  }

  private static String expected(String name) throws IOException {
    return Files.readString(CHECKOUT.resolve("samples/expected").resolve(name));
  }

  private static String withoutTimes(Path file) throws IOException {
    return Files.readString(file).replaceAll("(?m),\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z(?=,|$)", ",*");
  }
}
