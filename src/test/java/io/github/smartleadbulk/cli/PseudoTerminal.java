package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The real {@code run.sh} in a terminal of its own, which {@code script} makes: util-linux's, as on
 * every Debian, or that of the BSDs. Nothing is skipped where it is missing.
 */
final class PseudoTerminal implements AutoCloseable {

  private static final boolean IS_LINUX = System.getProperty("os.name").equals("Linux");

  private final Process script;
  private final Path screen;
  private final Path device;

  private PseudoTerminal(Process script, Path screen, Path device) {
    this.script = script;
    this.screen = screen;
    this.device = device;
  }

  /**
   * A checkout without sources that is built already: its {@code run.sh} runs the program of this
   * build.
   *
   * @return its {@code run.sh}
   */
  static Path checkout(Path home) throws IOException {
    Path build = Files.createDirectories(home.resolve("target").resolve("run").resolve("1"));
    Files.writeString(build.resolveSibling("current"), "1\n");
    ProgramBuild.linkInto(build);
    Path launcher = Files.createDirectories(home.resolve(ProgramBuild.LAUNCHER));
    for (String file : List.of("launch.sh", "java.options")) {
      Files.copy(ProgramBuild.LAUNCHER.resolve(file), launcher.resolve(file));
    }
    Path run = home.resolve("run.sh");
    Files.copy(Path.of("run.sh"), run, StandardCopyOption.COPY_ATTRIBUTES);
    return run;
  }

  /**
   * Starts a command of a shell.
   *
   * @param folder the current folder, with the files of the terminal
   * @param command a command such as {@code ./run.sh update rows.csv}
   */
  static PseudoTerminal start(
      Path folder, int columns, Map<String, String> variables, String command)
      throws IOException, InterruptedException {
    Path screen = Files.createTempFile(folder, "screen", ".txt");
    Path name = Files.createTempFile(folder, "terminal", ".txt");
    String inTerminal =
        "tty >'%s'; stty rows 24 cols %d; exec %s%s"
            // Whoever started the tests may ignore Ctrl-C, as a shell without jobs does.
            .formatted(name, columns, IS_LINUX ? "env --default-signal=INT " : "", command);
    List<String> script =
        IS_LINUX
            ? List.of("script", "-qefc", inTerminal, "/dev/null")
            : List.of("script", "-q", "/dev/null", "sh", "-c", inTerminal);
    ProcessBuilder builder =
        new ProcessBuilder(script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(screen.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(variable -> variable.startsWith("SMARTLEAD_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("TERM", "xterm");
    environment.put("SHELL", "/bin/sh");
    environment.remove("NO_COLOR");
    environment.putAll(variables);
    Process process = builder.start();
    while (!Files.readString(name).endsWith("\n")) {
      assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).as(Files.readString(screen)).isFalse();
    }
    return new PseudoTerminal(process, screen, Path.of(Files.readString(name).strip()));
  }

  /** Everything that was printed so far, escapes and all. */
  String screen() throws IOException {
    return new String(Files.readAllBytes(screen), StandardCharsets.UTF_8);
  }

  /** Waits until what was printed so far is of this kind. */
  void await(Predicate<String> kind) throws IOException, InterruptedException {
    while (!kind.test(screen())) {
      boolean hasEnded = script.waitFor(10, TimeUnit.MILLISECONDS);
      assertThat(hasEnded && !kind.test(screen())).as(screen()).isFalse();
    }
  }

  /** Types keys. */
  void type(String keys) throws IOException {
    script.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    script.getOutputStream().flush();
  }

  /** Makes the window wider or narrower. */
  void resize(int columns) throws IOException, InterruptedException {
    Process stty =
        new ProcessBuilder("stty", "cols", Integer.toString(columns))
            .redirectInput(new File(device.toString()))
            .start();
    assertThat(stty.waitFor()).isZero();
  }

  /** Makes the window higher or lower. */
  void resizeHeight(int rows) throws IOException, InterruptedException {
    Process stty =
        new ProcessBuilder("stty", "rows", Integer.toString(rows))
            .redirectInput(new File(device.toString()))
            .start();
    assertThat(stty.waitFor()).isZero();
  }

  int exitCode() throws IOException, InterruptedException {
    assertThat(script.waitFor(60, TimeUnit.SECONDS)).as(screen()).isTrue();
    return script.exitValue();
  }

  @Override
  public void close() {
    script.descendants().forEach(ProcessHandle::destroyForcibly);
    script.destroyForcibly();
  }
}
