package io.github.smartleadbulk.cli;

import java.io.PrintStream;
import picocli.CommandLine.Help.Ansi;

/** Words on standard error. Thread-safe: each message is one write. */
final class Messages {

  private final PrintStream err;
  private final Ansi ansi;

  Messages(PrintStream err, boolean coloured) {
    this.err = err;
    this.ansi = coloured ? Ansi.ON : Ansi.OFF;
  }

  void note(String text) {
    err.println(text);
  }

  void warning(String text) {
    err.println(ansi.string("@|yellow warning:|@ ") + text);
  }

  void error(String text) {
    err.println(ansi.string("@|red error:|@ ") + text);
  }
}
