package io.github.smartleadbulk.cli.process;

import io.github.smartleadbulk.account.Cells;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output for text. The text contains cells, names and answers of a server, and a terminal
 * must not interpret control characters in them. Bytes pass unchanged.
 */
final class PlainOutput extends PrintStream {

  PlainOutput(PrintStream out) {
    super(out, true, StandardCharsets.UTF_8);
  }

  @Override
  public void print(String text) {
    super.print(Cells.printable(String.valueOf(text)));
  }
}
