package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The question on a real terminal, as {@code run.sh} starts the program there. */
@Timeout(90)
class ConfirmationTerminalTest extends AgainstFakeSmartlead {

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private static final String CLASS_PATH =
      Path.of("target", "classes") + File.pathSeparator + Path.of("target", "lib", "*");

  ConfirmationTerminalTest() {
    super(30);
  }

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.isExecutable(SCRIPT), "a program that opens a terminal");
    program.file("rows.csv", "id,max_email_per_day", "4,33", "5,34");
  }

  private record Session(Process process, StringBuilder screen) {

    /** Reads until the terminal shows a text. */
    void await(String text) throws IOException {
      InputStream in = process.getInputStream();
      for (int c = in.read(); c >= 0; c = in.read()) {
        screen.append((char) c);
        if (screen.indexOf(text) >= 0) {
          return;
        }
      }
      throw new AssertionError("not shown: " + text + "\n" + screen);
    }

    void type(String keys) throws IOException {
      OutputStream out = process.getOutputStream();
      out.write(keys.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    int end() throws IOException, InterruptedException {
      InputStream in = process.getInputStream();
      for (int c = in.read(); c >= 0; c = in.read()) {
        screen.append((char) c);
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }
  }

  private Session terminal(String... more) throws IOException {
    String command =
        String.join(
            " ",
            "exec",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
            "-Dsmartlead.home=" + home,
            "-Dsmartlead.in.terminal=true -Dsmartlead.err.columns=80",
            "-cp '" + CLASS_PATH + "'",
            Main.class.getName(),
            "update",
            home.resolve("rows.csv").toString(),
            "--base-url",
            api.url.toString(),
            String.join(" ", more));
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "-qefc", command, "/dev/null");
    builder.environment().keySet().removeIf(name -> name.startsWith("SMARTLEAD_"));
    builder.environment().put("SMARTLEAD_API_KEY", "key");
    return new Session(builder.redirectErrorStream(true).start(), new StringBuilder());
  }

  @Test
  void yesGoesOn() throws Exception {
    Session session = terminal();
    session.await("Go on? [y/N] ");
    assertThat(api.updates()).isEmpty();
    session.type("y\n");

    assertThat(session.end()).as(session.screen.toString()).isZero();
    assertThat(api.updates()).hasSize(2);
    assertThat(session.screen).contains("This changes 2 accounts at " + api.url);
  }

  @Test
  void noSendsNothing() throws Exception {
    Session session = terminal();
    session.await("Go on? [y/N] ");
    session.type("n\n");

    assertThat(session.end()).as(session.screen.toString()).isEqualTo(2);
    assertThat(session.screen).contains("You did not agree: nothing was sent.");
    assertThat(api.updates()).isEmpty();
  }

  /** Like at any other moment: the run can be resumed. */
  @Test
  void ctrlCEndsTheQuestionAndTheRun() throws Exception {
    Session session = terminal();
    session.await("Go on? [y/N] ");
    session.type("\u0003");

    assertThat(session.end()).as(session.screen.toString()).isEqualTo(130);
    assertThat(session.screen).contains("stopped by SIGINT", "To resume run 1: ");
    assertThat(api.updates()).isEmpty();

    assertThat(run("resume").exitCode()).isZero();
    assertThat(api.updates()).hasSize(2);
  }

  @Test
  void ctrlDIsNo() throws Exception {
    Session session = terminal();
    session.await("Go on? [y/N] ");
    session.type("\u0004");

    assertThat(session.end()).as(session.screen.toString()).isEqualTo(2);
    assertThat(api.updates()).isEmpty();
  }

  /** Nobody answers until the time is up. */
  @Test
  void aDeadlineEndsTheQuestion() throws Exception {
    Session session = terminal("--max-duration", "3s", "--timeout", "1s");
    session.await("Go on? [y/N] ");

    assertThat(session.end()).as(session.screen.toString()).isEqualTo(5);
    assertThat(session.screen).contains("time is up");
    assertThat(api.updates()).isEmpty();
  }
}
