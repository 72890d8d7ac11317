package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An input file on a command line.
 *
 * @param text a path, or {@code -} for standard input
 */
record FileArgument(String text) {

  /**
   * The path of the file; null for standard input.
   *
   * @param expected what the file should be, for a message
   * @throws UsageException if it is a folder, or the text is empty
   */
  @Nullable Path path(ProcessEnvironment environment, String expected) {
    if (isStandardInput()) {
      return null;
    }
    if (text.isEmpty()) {
      throw new UsageException("found an empty path, expected " + expected);
    }
    Path path = environment.resolve(text);
    if (Files.isDirectory(path)) {
      throw new UsageException(text + ": is a folder, expected " + expected);
    }
    return path;
  }

  private boolean isStandardInput() {
    return text.equals("-");
  }

  /** The name of the file in messages. */
  String name() {
    return isStandardInput() ? "standard input" : Cells.escaped(text);
  }
}
