package io.github.smartleadbulk.run;

/**
 * Why a run takes no new rows.
 *
 * @param message the reason, for people
 * @param isStateAway whether the state cannot be used any more, so that the end of the run is not
 *     final
 */
public record Stop(ExitCode exitCode, String message, boolean isStateAway) {

  public Stop(ExitCode exitCode, String message) {
    this(exitCode, message, false);
  }

  public static Stop bySignal(ExitCode signal) {
    return new Stop(signal, "stopped by " + signal);
  }
}
