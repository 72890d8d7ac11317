package io.github.smartleadbulk.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** Paths on a command line. */
public final class Paths {

  private Paths() {}

  /** Parses a path. An empty one would be the current folder, which nobody means. */
  public static Path parse(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException(
          "found an empty path, expected the path of a file or folder");
    }
    return Path.of(text);
  }
}
