package io.github.smartleadbulk.cli.process;

import io.github.smartleadbulk.account.Cells;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints messages on standard error. Thread-safe: each message is one write.
 *
 * <p>When quiet, warnings are held back and printed only if the command fails. Alerts are not.
 */
public final class StandardError {

  private final PrintStream err;
  private final Ansi ansi;
  private final List<String> held = new ArrayList<>();
  private boolean holding;

  public StandardError(PrintStream err, boolean coloured, boolean quiet) {
    this.err = err;
    this.ansi = coloured ? Ansi.ON : Ansi.OFF;
    this.holding = quiet;
  }

  public void note(String text) {
    err.println(Cells.printable(text));
  }

  /**
   * Warns of something that was left undone, or that somebody must do something about. This is
   * printed in any case.
   */
  public void alert(String text) {
    err.println(warningLine(text));
  }

  private String warningLine(String text) {
    return ansi.string("@|yellow warning:|@ ") + Cells.printable(text);
  }

  public synchronized void warning(String text) {
    String line = warningLine(text);
    if (holding) {
      held.add(line);
    } else {
      err.println(line);
    }
  }

  /** Says how the command ended. From now on nothing is held back. */
  public synchronized void ended(boolean well) {
    if (!well) {
      held.forEach(err::println);
    }
    held.clear();
    holding = false;
  }

  public void error(String text) {
    ended(false);
    err.println(ansi.string("@|red error:|@ ") + Cells.printable(text));
  }
}
