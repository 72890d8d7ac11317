package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.postgres.PostgresAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process of its own that sends rows with a key that it shares, from a line on its standard input
 * until they are sent, or until it is killed.
 */
final class SharingProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private SharingProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a process and waits until it is ready to send. */
  static SharingProcess start(String database, URI server, String windows, int rows)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Stream.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SharingProcess.class.getName(),
                        database,
                        server.toString(),
                        windows,
                        Integer.toString(rows))
                    .toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new SharingProcess(process);
  }

  void awaitReady() throws IOException {
    expect("ready");
  }

  void go() throws IOException {
    process.outputWriter().write("go\n");
    process.outputWriter().flush();
  }

  /** Waits until all rows were accepted. */
  void awaitEnd() throws IOException {
    expect("done");
  }

  private void expect(String line) throws IOException {
    String found = output.readLine();
    if (!line.equals(found)) {
      throw new AssertionError("expected " + line + ", found " + found);
    }
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Settings of all processes with a key. */
  static ClientSettings settings(URI server, List<RateWindow> windows) {
    ClientSettings plain = Samples.settings(server);
    return new ClientSettings(
        server,
        plain.key(),
        windows,
        1,
        Duration.ofSeconds(2),
        plain.userAgent(),
        0,
        Duration.ZERO);
  }

  public static void main(String[] args) throws Exception {
    ClientSettings settings = settings(URI.create(args[1]), RateWindow.parseAll(args[2]));
    int rows = Integer.parseInt(args[3]);
    try (SharingClient sharing = new SharingClient(PostgresAddress.of(args[0], null), settings)) {
      System.out.println("ready");
      if (System.in.read() < 0) {
        return;
      }
      RowsInTurn sent = RowsInTurn.start(sharing.client, rows);
      sent.await();
      boolean accepted = sent.answers.stream().allMatch(new Answer.Accepted(200, 1)::equals);
      System.out.println(accepted ? "done" : sharing.client.stopped() + " " + sent.answers);
    }
  }
}
