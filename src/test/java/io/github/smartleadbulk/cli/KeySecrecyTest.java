package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key is in nothing that a run writes, however it fails and however much it talks. */
class KeySecrecyTest {

  private static final String KEY = "3f1c9a77-secret_key+with/signs=and-more_8842";

  /** Stands in the key however it is encoded. */
  private static final String PART = "3f1c9a77-secret_key";

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "401:100%",
        "400:100%",
        "302:100%",
        "500:100%",
        "reset:100%",
        "cut:100%",
        "html:100%",
        "text:100%",
        "notok:100%"
      })
  void isInNoFileAndNoStream(String faults) throws IOException {
    TestProgram program = new TestProgram(home).with("SMARTLEAD_API_KEY", KEY);
    program.file("rows.csv", "id,max_email_per_day", Sandbox.FIRST_ACCOUNT_ID + ",5");
    SandboxSettings settings =
        new SandboxSettings(
            0, 10, List.of(), Duration.ZERO, FaultPlan.parse(faults), null, 1, null);
    try (Sandbox sandbox = Sandbox.start(settings)) {
      assertSilent(
          program.run(
              "update",
              "rows.csv",
              "-v",
              "--max-attempts",
              "2",
              "--max-outage",
              "1s",
              "--base-url",
              sandbox.baseUrl().toString()));
    }
  }

  @Test
  void isNotToldWhereNobodyListens() throws IOException {
    TestProgram program = new TestProgram(home).with("SMARTLEAD_API_KEY", KEY);
    program.file("rows.csv", "id,max_email_per_day", Sandbox.FIRST_ACCOUNT_ID + ",5");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertSilent(
        program.run(
            "update",
            "rows.csv",
            "-v",
            "--max-attempts",
            "1",
            "--max-outage",
            "1s",
            "--base-url",
            "http://127.0.0.1:" + port));
  }

  @Test
  void isNotToldWhereItIsUnusable() throws IOException {
    TestProgram program = new TestProgram(home).with("SMARTLEAD_API_KEY", KEY + " " + KEY);
    program.file("rows.csv", "id,max_email_per_day", "5,5");

    Ended ended = program.run("update", "rows.csv", "-v");

    assertThat(ended.exitCode()).isEqualTo(3);
    assertSilent(ended);
  }

  private void assertSilent(Ended ended) throws IOException {
    assertThat(ended.out()).doesNotContain(PART);
    assertThat(ended.err()).doesNotContain(PART);
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(PART);
      }
    }
  }
}
