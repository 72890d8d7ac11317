package io.github.smartleadbulk.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The program as its users start it, with a folder for its state.
 *
 * @param options for the JVM
 */
record Program(Path folder, String options) {

  static final Path RUN_SH = Path.of("run.sh").toAbsolutePath();

  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(RUN_SH.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** An update at once and without a look at the accounts. */
  List<String> update(Path input, String url, String... more) {
    List<String> command =
        command("update", input.toString(), "--base-url", url, "--snapshot", "none", "-q");
    command.addAll(List.of(more));
    return command;
  }

  Map<String, String> environment() {
    return Map.of(
        "SMARTLEAD_API_KEY", "key", "SMARTLEAD_STATE_DIR", folder.toString(), "JAVA_OPTS", options);
  }

  Execution run(List<String> command) throws IOException, InterruptedException {
    return Execution.of(command, environment());
  }

  /** A file in which every row changes its account. */
  static Path input(Path folder, int rows) throws IOException {
    Path file = folder.resolve(rows + ".csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,max_email_per_day\n");
      for (int i = 0; i < rows; i++) {
        out.write(10_000_001 + i + ",30\n");
      }
    }
    return file;
  }

  /** A file in which every row has a long signature. */
  static Path signatures(Path folder, int rows, int characters, String night) throws IOException {
    Path file = folder.resolve(rows + night + ".csv");
    String text = "x".repeat(characters);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,signature\n");
      for (int i = 0; i < rows; i++) {
        out.write(10_000_001 + i + ",<p>" + night + i + "</p>" + text + "\n");
      }
    }
    return file;
  }

  /** What its folder takes. */
  long mebibytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum()
          >> 20;
    }
  }

  /** Forgets everything. */
  void clear() throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
