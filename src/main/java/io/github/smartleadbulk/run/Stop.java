package io.github.smartleadbulk.run;

/**
 * Why a run takes no new rows.
 *
 * @param message the reason, for people
 */
public record Stop(ExitCode exitCode, String message) {

  public static Stop bySignal(ExitCode signal) {
    return new Stop(signal, "stopped by " + signal);
  }
}
