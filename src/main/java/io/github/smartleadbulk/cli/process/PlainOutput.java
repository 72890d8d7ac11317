package io.github.smartleadbulk.cli.process;

import io.github.smartleadbulk.account.Cells;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output for words: cells, names and answers of a server are among them, and a terminal
 * must not obey what stands there. Bytes pass as they are.
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
