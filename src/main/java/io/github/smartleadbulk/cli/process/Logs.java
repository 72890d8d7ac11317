package io.github.smartleadbulk.cli.process;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * What the libraries say of themselves. Off: what a user has to know, the program says in its own
 * words, and it is said once.
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
