package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.state.TestState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real program as a process of its own, as {@code run.sh} starts it. */
final class ProgramProcess implements AutoCloseable {

  private final Process process;
  private final Path out;
  private final Path err;

  private ProgramProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it.
   *
   * @param home where its state and config are
   * @param launcher becomes the program; empty for none
   */
  static ProgramProcess start(Path home, String key, List<String> launcher, List<String> arguments)
      throws IOException {
    return start(
        home,
        TestState.url(home.resolve("var"))
            .map(url -> Map.of("SMARTLEAD_API_KEY", key, "SMARTLEAD_STATE_URL", url))
            .orElse(Map.of("SMARTLEAD_API_KEY", key)),
        launcher,
        arguments);
  }

  /** Starts it with variables of the program and no others of its own. */
  static ProgramProcess start(
      Path home, Map<String, String> variables, List<String> launcher, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(ProgramBuild.command(home));
    command.addAll(arguments);
    Path out = Files.createTempFile(home, "out", ".txt");
    Path err = Files.createTempFile(home, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SMARTLEAD_"));
    builder.environment().putAll(variables);
    return new ProgramProcess(builder.start(), out, err);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. Returns when it is dead. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends a signal such as TERM; it may come too late, to a process that has just ended. */
  void signal(String name) throws IOException, InterruptedException {
    int sent = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    assertThat(sent == 0 || !process.isAlive()).as("kill -%s: %d", name, sent).isTrue();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException, IOException {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended: %s", err()).isTrue();
    return process.exitValue();
  }

  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
