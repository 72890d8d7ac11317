package io.github.smartleadbulk.cli.process;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Turns off the logs of libraries, because the program reports everything that a user needs to know
 * in its own words.
 */
public final class Logs {

  private Logs() {}

  public static void set(boolean verbose) {
    if (verbose) {
      Logger.getLogger("").setLevel(Level.WARNING);
    } else {
      LogManager.getLogManager().reset();
      Logger.getLogger("").setLevel(Level.OFF);
    }
  }
}
