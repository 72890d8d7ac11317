package io.github.smartleadbulk.cli.process;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A terminal with a live line: a last line that is replaced again and again. Whatever else is
 * printed erases this line first, so a message begins on a line of its own. Thread-safe.
 */
final class LiveStream extends PrintStream {

  /** Goes back to the start of the line and erases the line. */
  private static final String ERASE = "\r\u001B[K";

  private final Erasing terminal;

  LiveStream(PrintStream terminal) {
    this(new Erasing(terminal));
  }

  private LiveStream(Erasing terminal) {
    super(terminal, true, StandardCharsets.UTF_8);
    this.terminal = terminal;
  }

  /**
   * Shows a line instead of the line that is shown now.
   *
   * @param line text without control characters, not wider than the terminal; empty to show none
   */
  // A print stream prints a line and its end under this lock.
  synchronized void show(String line) {
    terminal.show(line);
  }

  private static final class Erasing extends FilterOutputStream {

    private boolean shown;

    Erasing(PrintStream terminal) {
      super(terminal);
    }

    private void show(String line) {
      PrintStream terminal = (PrintStream) out;
      // The text comes before the erasing of what is left, so that the line does not flicker.
      terminal.print(line.isEmpty() ? ERASE : "\r" + line + "\u001B[K");
      terminal.flush();
      shown = !line.isEmpty();
    }

    private void erase() {
      if (shown) {
        show("");
      }
    }

    @Override
    public void write(int b) throws IOException {
      erase();
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      erase();
      out.write(bytes, offset, length);
    }
  }
}
