package io.github.smartleadbulk.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@link FastServer} as a process of its own. */
final class Server implements AutoCloseable {

  /**
   * What has happened since somebody last asked.
   *
   * @param first when the first call came in
   * @param seconds from then until the last answer
   * @param callSeconds all calls together, as the server saw them
   */
  record Statistics(long calls, Instant first, double seconds, double callSeconds) {

    double callsPerSecond() {
      return calls / seconds;
    }

    /** On average. */
    double callsUnderWay() {
      return callSeconds / seconds;
    }
  }

  private final Process process;
  private final String url;

  private Server(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static Server start(int latencyMillis) throws IOException {
    Process process =
        new ProcessBuilder(
                Execution.java("-Xmx256m", FastServer.class, Integer.toString(latencyMillis)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    @SuppressWarnings("resource") // Closing it would end the process's output.
    BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
    return new Server(process, "http://127.0.0.1:" + out.readLine());
  }

  /** The program's own sandbox, which keeps what it is told. */
  static Server sandbox(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(Program.RUN_SH.toString(), "sandbox"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("JAVA_OPTS", "-Xmx512m");
    Process process = builder.start();
    @SuppressWarnings("resource") // Closing it would end the process's output.
    BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
    // Sandbox at URL: …
    return new Server(process, out.readLine().split(" ", -1)[2].replaceAll(":$", ""));
  }

  String url() {
    return url;
  }

  Statistics statistics() throws IOException {
    byte[] answer = URI.create(url + "/statistics").toURL().openStream().readAllBytes();
    String[] numbers = new String(answer, StandardCharsets.US_ASCII).split(" ", -1);
    return new Statistics(
        Long.parseLong(numbers[0]),
        Instant.ofEpochMilli(Long.parseLong(numbers[1])),
        Long.parseLong(numbers[2]) / 1e9,
        Long.parseLong(numbers[3]) / 1e9);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
