package io.github.smartleadbulk.cli.target;

import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.client.CallDeadline;
import io.github.smartleadbulk.client.ClientStop;
import io.github.smartleadbulk.client.ClockDifference;
import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.run.ClientHandle;
import io.github.smartleadbulk.run.Stop;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.workspace.LoggedCalls;
import io.github.smartleadbulk.workspace.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one account with the key of a workspace, to learn whether the server accepts the key. The
 * call counts against the limits of the key like all other calls. It is not repeated.
 */
final class KeyCheck implements Callable<KeyCheck.Result> {

  private static final AccountPage ONE_ACCOUNT = new AccountPage(0, 1, null);
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /**
   * What the check has shown.
   *
   * @param message why the key is not known to work; null if it is
   * @param clock null if no answer showed the server's clock
   */
  record Result(KeyState state, @Nullable String message, @Nullable ClockDifference clock) {

    Result(KeyState state, @Nullable String message) {
      this(state, message, null);
    }
  }

  private final Workspace workspace;
  private final StateStore store;
  private final Clock clock;
  private final ClientHandle client = new ClientHandle();

  KeyCheck(Workspace workspace, StateStore store, Clock clock) {
    this.workspace = workspace;
    this.store = store;
    this.clock = clock;
  }

  /** Makes no call from now on. Any thread can call it. */
  void stop(Stop why) {
    client.stop(why);
  }

  @Override
  public Result call() throws InterruptedException {
    Stop stop = client.askedToStop();
    if (stop != null) {
      return new Result(KeyState.NOT_CHECKED, stop.message());
    }
    ClientSettings settings = once(workspace.client());
    try (LoggedCalls calls = LoggedCalls.open(store, workspace, clock);
        SmartleadClient opened = SmartleadClient.create(settings, calls)) {
      client.publish(opened);
      opened.limit(new Patience(System.nanoTime(), settings.timeout()));
      Answer answer = opened.list(ONE_ACCOUNT).get();
      Result result = result(answer, opened.stopped());
      ClockDifference difference =
          opened
              .serverTime()
              .map(server -> ClockDifference.of(server, clock.instant()))
              .orElse(null);
      return new Result(result.state(), result.message(), difference);
    } catch (ExecutionException e) {
      // A refusal is an answer too, so every exception is a fault.
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Settings for a single call: an outage ends the check. */
  private static ClientSettings once(ClientSettings settings) {
    return new ClientSettings(
        settings.baseUrl(),
        settings.key(),
        settings.windows(),
        1,
        settings.timeout(),
        settings.userAgent(),
        1,
        Duration.ZERO);
  }

  private static Result result(Answer answer, Optional<ClientStop> stop) {
    if (answer instanceof Answer.Listed || answer instanceof Answer.TooLarge) {
      return new Result(KeyState.OK, null);
    }
    if (stop.isPresent()) {
      KeyState state =
          switch (stop.get().cause()) {
            case KEY_REFUSED -> KeyState.REFUSED;
            case ASKED, TIME_OVER -> KeyState.NOT_CHECKED;
            case WRONG_URL, LIMIT_EXHAUSTED, SERVER_AWAY, RECORD_LOST, RECORD_AWAY, FAULT ->
                KeyState.UNREACHABLE;
          };
      return new Result(state, stop.get().message());
    }
    if (answer instanceof Answer.Failed failed) {
      Integer status = failed.httpStatus();
      boolean isRefused = status != null && (status == UNAUTHORIZED || status == FORBIDDEN);
      return new Result(isRefused ? KeyState.REFUSED : KeyState.UNREACHABLE, failed.message());
    }
    return new Result(KeyState.NOT_CHECKED, null);
  }

  /**
   * Limits how long the call waits for a window.
   *
   * @param startedAt on the clock of {@link System#nanoTime}
   */
  private record Patience(long startedAt, Duration most) implements CallDeadline {

    @Override
    public Duration left() {
      return most.minusNanos(System.nanoTime() - startedAt);
    }

    @Override
    public String over() {
      return "no call was possible within the time limit of one call";
    }

    @Override
    public String pointless(Instant nextCall, String reason) {
      return "%s until %s".formatted(reason, nextCall.truncatedTo(ChronoUnit.SECONDS));
    }
  }
}
