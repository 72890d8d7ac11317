package io.github.smartleadbulk.cli.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * The size of the terminal, also after its window was resized. Only {@code stty} can tell it, and
 * it is asked only when the terminal says that its size has changed.
 */
public final class TerminalSize implements AutoCloseable {

  private volatile int rows;
  private volatile int columns;
  private Signals resizes = Signals.none();

  private TerminalSize(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Starts to follow the size.
   *
   * @param rows the present height
   * @param columns the present width
   */
  public static TerminalSize follow(int rows, int columns) {
    TerminalSize size = new TerminalSize(rows, columns);
    try {
      size.resizes = Signals.handleResize(size::ask);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // The system has no such signal: the size stays as it was.
    }
    return size;
  }

  /** The height; 0 if it is not known. */
  public int rows() {
    return rows;
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
        rows = Integer.parseInt(rowsAndColumns[0]);
        columns = told;
      }
    } catch (IOException | NumberFormatException e) {
      // Without an answer, the size stays as it was.
    }
  }

  @Override
  public void close() {
    resizes.close();
  }
}
