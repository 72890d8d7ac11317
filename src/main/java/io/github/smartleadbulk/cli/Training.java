package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Runs the usual commands silently in one process while the JVM records the classes that they need.
 * {@code run.sh} makes a class archive from the record, so that later starts are quick.
 */
final class Training {

  private static final String[][] COMMANDS = {
    {"--help"},
    {"update", "--help"},
    {"validate", "accounts.csv"},
    {"plan", "accounts.csv", "--sandbox"},
    {"update", "accounts.csv", "--sandbox"},
    {"runs"},
    {"show", "1"},
    {"status"},
  };

  private Training() {}

  /**
   * Runs the commands and ends with an exit code like the program.
   *
   * @param args the folder to work in
   */
  public static void main(String[] args) throws IOException {
    System.exit(run(Path.of(args[0])));
  }

  /** Returns the first exit code that is not 0; 0 if there is none. */
  static int run(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("accounts.csv"), "id,max_email_per_day,signature\n10000001,30,\n");
    Program program = new Program(quiet(folder));
    for (String[] command : COMMANDS) {
      int code = program.run(command);
      if (code != 0) {
        return code;
      }
    }
    return 0;
  }

  private static ProcessEnvironment quiet(Path folder) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new ProcessEnvironment(
        Map.of(),
        folder,
        folder,
        InputStream.nullInputStream(),
        nowhere,
        nowhere,
        0,
        Clock.systemUTC());
  }
}
