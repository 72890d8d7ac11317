package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.process.Places;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.state.TestState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The program with a checkout of its own, run in this process. */
final class TestProgram {

  /** What a run of the program leaves behind. */
  record Ended(int exitCode, String out, String err) {}

  private final Path home;
  private final Path directory;
  private final Map<String, String> variables = new TreeMap<>();
  private byte[] in = {};
  private boolean typed;
  private boolean installed;
  private int columns;
  private int rows;
  private Clock clock = Clock.systemUTC();

  /**
   * @param home gets config and state
   * @param directory what relative arguments are relative to
   */
  TestProgram(Path home, Path directory) {
    this.home = home;
    this.directory = directory;
  }

  TestProgram(Path home) {
    this(home, home);
  }

  TestProgram with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** {@code home} is not a checkout: nobody keeps files there. */
  TestProgram installed() {
    installed = true;
    return this;
  }

  TestProgram withInput(String text) {
    in = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** Somebody sits at a terminal and types this, or nothing and Ctrl-D. */
  TestProgram answering(String text) {
    typed = true;
    return withInput(text).onTerminal(80);
  }

  /** Nobody sits there any more. */
  TestProgram unattended() {
    typed = false;
    return withInput("").onTerminal(0);
  }

  TestProgram onTerminal(int width) {
    columns = width;
    return this;
  }

  /** A terminal of this size; without a height, it is not known. */
  TestProgram onTerminal(int height, int width) {
    rows = height;
    return onTerminal(width);
  }

  /** The program believes that it is this time, and its clock goes on from there. */
  TestProgram at(String instant) {
    clock =
        Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), Instant.parse(instant)));
    return this;
  }

  /** The program goes by this clock. */
  TestProgram by(Clock clock) {
    this.clock = clock;
    return this;
  }

  TestProgram withConfig(String... lines) throws IOException {
    Path config = Files.createDirectories(home.resolve("config"));
    Files.writeString(config.resolve("smartlead-bulk.properties"), String.join("\n", lines) + "\n");
    return this;
  }

  Path file(String name, String... lines) throws IOException {
    return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
  }

  /** What a command sees whose output nobody reads. */
  ProcessEnvironment environment() {
    return environment(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
  }

  private ProcessEnvironment environment(OutputStream out, OutputStream err) {
    Map<String, String> variables = withState();
    return new ProcessEnvironment(
        variables,
        installed ? Places.ofInstallation(home, variables) : Places.ofCheckout(home, variables),
        directory,
        new ByteArrayInputStream(in),
        typed,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        columns,
        rows,
        clock);
  }

  private Map<String, String> withState() {
    Map<String, String> all = new TreeMap<>(variables);
    TestState.url(home.resolve("var"))
        .ifPresent(url -> all.putIfAbsent("SMARTLEAD_STATE_URL", url));
    return all;
  }

  Path runFile(int run, String name) {
    return TestState.runFolder(home.resolve("var"), run).resolve(name);
  }

  Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = new Program(environment(out, err)).run(arguments);
    return new Ended(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
