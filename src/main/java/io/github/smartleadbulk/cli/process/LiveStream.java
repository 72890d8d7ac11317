package io.github.smartleadbulk.cli.process;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A terminal with live lines: its last lines, which are replaced again and again. Whatever else is
 * printed erases these lines first, so a message begins on a line of its own. Thread-safe.
 */
final class LiveStream extends PrintStream {

  /** Erases what is left of a line. */
  private static final String ERASE_LINE = "\u001B[K";

  /** Erases what is left of a line, and all lines below it. */
  private static final String ERASE_BELOW = "\u001B[J";

  private final Erasing terminal;

  LiveStream(PrintStream terminal) {
    this(new Erasing(terminal));
  }

  private LiveStream(Erasing terminal) {
    super(terminal, true, StandardCharsets.UTF_8);
    this.terminal = terminal;
  }

  /**
   * Shows lines instead of those that are shown now.
   *
   * @param lines text without control characters, not wider than the terminal; none to show nothing
   * @param columns the present width of the terminal
   */
  // A print stream prints a line and its end under this lock.
  synchronized void show(List<String> lines, int columns) {
    terminal.show(lines, columns);
  }

  private static final class Erasing extends FilterOutputStream {

    private List<String> shown = List.of();
    private int columns = 1;

    Erasing(PrintStream terminal) {
      super(terminal);
    }

    private void show(List<String> lines, int nowColumns) {
      columns = Math.max(1, nowColumns);
      boolean areSeveral = Math.max(shown.size(), lines.size()) > 1;
      // Each text comes before the erasing of what is left of its line, and all of it is one write,
      // so that nothing flickers.
      PrintStream terminal = (PrintStream) out;
      terminal.print(
          toTheStart()
              + String.join(ERASE_LINE + "\n", lines)
              + (areSeveral ? ERASE_BELOW : ERASE_LINE));
      terminal.flush();
      shown = List.copyOf(lines);
    }

    /** Goes back to the start of the first line that is shown. */
    private String toTheStart() {
      if (shown.size() < 2) {
        return "\r";
      }
      // A terminal that became narrower has broken the lines that do not fit.
      int rows = shown.stream().mapToInt(line -> 1 + (line.length() - 1) / columns).sum();
      return "\u001B[" + (rows - 1) + "A\r";
    }

    private void erase() {
      if (!shown.isEmpty()) {
        show(List.of(), columns);
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
