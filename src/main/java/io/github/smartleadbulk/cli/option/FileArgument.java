package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * An input file on a command line.
 *
 * @param text a path, or {@code -} for standard input
 */
public record FileArgument(String text) {

  /** Parses the path of an option. An empty one would be the current folder. */
  public static Path parsePath(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException(
          "found an empty path, expected the path of a file or folder");
    }
    return Path.of(text);
  }

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
