package io.github.smartleadbulk.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.smartleadbulk.cli.doctor.Finding.Level;
import io.github.smartleadbulk.cli.target.KeyState;
import io.github.smartleadbulk.cli.target.WorkspaceStates.State;
import io.github.smartleadbulk.client.ClockDifference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetworkCheckTest {

  private static final String URL = "https://api.example.com/v1";
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  private static State state(
      String name, KeyState key, @Nullable String message, @Nullable Duration ahead) {
    return new State(
        name,
        URL,
        List.of(),
        List.of(),
        key,
        message,
        ahead == null ? null : new ClockDifference(NOON, ahead));
  }

  @Test
  void whatWorkspacesShareIsSaidOnce() {
    List<State> states =
        List.of(
            state("acme", KeyState.OK, null, Duration.ofSeconds(3)),
            state("globex", KeyState.REFUSED, "HTTP 401", Duration.ofSeconds(3)));

    assertThat(NetworkCheck.answers(states))
        .extracting(Finding::check, Finding::level, Finding::message)
        .containsExactly(
            tuple("tls", Level.OK, "the connection to api.example.com is encrypted and trusted"),
            tuple("clock", Level.OK, "this machine's clock agrees with the server's"),
            tuple("key", Level.OK, "workspace acme: accepted, no rate limits"),
            tuple("key", Level.FAULT, "workspace globex: refused: HTTP 401"));
  }

  @Test
  void aCertificateThatIsNotTrustedIsAFaultOfItsOwn() {
    String message = "the certificate of api.example.com:443 has expired";

    assertThat(NetworkCheck.answers(List.of(state("acme", KeyState.UNREACHABLE, message, null))))
        .extracting(Finding::check, Finding::level)
        .containsExactly(tuple("tls", Level.FAULT), tuple("key", Level.FAULT));
  }

  @Test
  void aClockThatIsBehindIsToldWithBothTimes() {
    assertThat(
            NetworkCheck.answers(List.of(state("acme", KeyState.OK, null, Duration.ofHours(-3)))))
        .contains(
            Finding.warning(
                "clock",
                "this machine's clock is 3 hours behind the server's, which shows"
                    + " 2026-11-27T12:00:00Z",
                "Set the clock: deadlines and ramps depend on it."));
  }
}
