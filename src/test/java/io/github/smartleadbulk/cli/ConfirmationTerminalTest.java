package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The question on a real terminal. */
final class ConfirmationTerminalTest extends AgainstFakeSmartlead {

  ConfirmationTerminalTest() {
    super(30);
  }

  @BeforeEach
  void start() throws IOException, InterruptedException {
    PseudoTerminal.checkout(home);
    program.file("rows.csv", "id,max_email_per_day", "4,33", "5,34");
  }

  /** Starts the update and waits until it asks. */
  private PseudoTerminal asked(String more) throws IOException, InterruptedException {
    PseudoTerminal terminal =
        PseudoTerminal.start(
            home,
            80,
            Map.of("SMARTLEAD_API_KEY", "key"),
            "./run.sh update rows.csv --base-url " + api.url + more);
    terminal.await(screen -> screen.contains("Go on? [y/N] "));
    assertThat(api.updates()).isEmpty();
    return terminal;
  }

  @Test
  void yesGoesOn() throws Exception {
    try (PseudoTerminal terminal = asked("")) {
      terminal.type("y\n");

      assertThat(terminal.exitCode()).as(terminal.screen()).isZero();
      assertThat(terminal.screen()).contains("This changes 2 accounts at " + api.url);
      assertThat(api.updates()).hasSize(2);
    }
  }

  @Test
  void noSendsNothing() throws Exception {
    try (PseudoTerminal terminal = asked("")) {
      terminal.type("n\n");

      assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(2);
      assertThat(terminal.screen()).contains("You did not agree: nothing was sent.");
      assertThat(api.updates()).isEmpty();
    }
  }

  /** Like at any other moment: the run can be resumed. */
  @Test
  void ctrlCEndsTheQuestionAndTheRun() throws Exception {
    try (PseudoTerminal terminal = asked("")) {
      terminal.type("\u0003");

      assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(130);
      assertThat(terminal.screen()).contains("stopped by SIGINT", "To resume run 1: ");
      assertThat(api.updates()).isEmpty();
    }

    assertThat(run("resume").exitCode()).isZero();
    assertThat(api.updates()).hasSize(2);
  }

  @Test
  void ctrlDIsNo() throws Exception {
    try (PseudoTerminal terminal = asked("")) {
      terminal.type("\u0004");

      assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(2);
      assertThat(api.updates()).isEmpty();
    }
  }

  /** Nobody answers until the time is up. */
  @Test
  void aDeadlineEndsTheQuestion() throws Exception {
    try (PseudoTerminal terminal = asked(" --max-duration 10s --timeout 1s")) {
      assertThat(terminal.exitCode()).as(terminal.screen()).isEqualTo(5);
      assertThat(terminal.screen()).contains("time is up");
      assertThat(api.updates()).isEmpty();
    }
  }

  @Test
  void withYesNothingIsAsked() throws Exception {
    try (PseudoTerminal terminal =
        PseudoTerminal.start(
            home,
            80,
            Map.of("SMARTLEAD_API_KEY", "key"),
            "./run.sh update rows.csv --yes --base-url " + api.url)) {
      assertThat(terminal.exitCode()).as(terminal.screen()).isZero();
      assertThat(terminal.screen()).doesNotContain("Go on?");
      assertThat(api.updates()).hasSize(2);
    }
  }
}
