package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file to be read, as the command line names it.
 *
 * @param text a path, or {@code -} for standard input
 */
record FileArgument(String text) {

  /**
   * Where it is; null for standard input.
   *
   * @param expected what the file should be, for a message
   * @throws UsageException if it is a folder
   */
  @Nullable Path path(ProcessEnvironment environment, String expected) {
    if (isStandardInput()) {
      return null;
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

  /** What messages call it. */
  String name() {
    return isStandardInput() ? "standard input" : Cells.escaped(text);
  }
}
