package io.github.smartleadbulk.cli.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * The width of the terminal, also after its window was resized. Only {@code stty} can tell it, and
 * it is asked only when the terminal says that its size has changed.
 */
public final class TerminalWidth implements AutoCloseable {

  private volatile int columns;
  private Signals resizes = Signals.none();

  private TerminalWidth(int columns) {
    this.columns = columns;
  }

  /**
   * Starts to follow the width.
   *
   * @param columns the present width
   */
  public static TerminalWidth follow(int columns) {
    TerminalWidth width = new TerminalWidth(columns);
    try {
      width.resizes = Signals.handleResize(width::ask);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // The system has no such signal: the width stays as it was.
    }
    return width;
  }

  public int columns() {
    return columns;
  }

  private synchronized void ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(Redirect.DISCARD)
              .start();
      String[] rowsAndColumns =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ", -1);
      int told = rowsAndColumns.length == 2 ? Integer.parseInt(rowsAndColumns[1]) : 0;
      if (told > 0) {
        columns = told;
      }
    } catch (IOException | NumberFormatException e) {
      // Without an answer, the width stays as it was.
    }
  }

  @Override
  public void close() {
    resizes.close();
  }
}
