package io.github.smartleadbulk.cli.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A value in a config file.
 *
 * @param number of the line where the value begins, from 1
 */
public record ConfigLine(Path file, int number, String value) {

  /** A path of Windows whose backslashes {@link Properties} would drop. */
  private static final Pattern PATH = Pattern.compile("[=:\\s][A-Za-z]:\\\\[^\\\\]");

  /**
   * Reads a file as {@link Properties} does. The last line with a name counts.
   *
   * @throws IllegalArgumentException if an escape sequence is not valid, or a path of Windows would
   *     lose its backslashes
   */
  static Map<String, ConfigLine> read(Path file, String text) throws IOException {
    Map<String, ConfigLine> lineByName = new TreeMap<>();
    List<String> natural = text.lines().toList();
    for (int start = 0; start < natural.size(); ) {
      List<String> logical = new ArrayList<>();
      int next = start;
      do {
        logical.add(natural.get(next++));
      } while (next < natural.size() && isContinued(logical));
      if (!isComment(logical) && logical.stream().anyMatch(line -> PATH.matcher(line).find())) {
        throw new IllegalArgumentException(
            "line %d: a backslash in a path must be written as / or \\\\".formatted(start + 1));
      }
      Properties read = new Properties();
      try {
        read.load(new StringReader(String.join("\n", logical)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "line %d: \\u must be followed by four hexadecimal digits; a backslash is written as \\\\"
                .formatted(start + 1),
            e);
      }
      for (String name : read.stringPropertyNames()) {
        lineByName.put(name, new ConfigLine(file, start + 1, read.getProperty(name)));
      }
      start = next;
    }
    return lineByName;
  }

  /** Where it is, for messages. */
  public String place() {
    return file + ", line " + number;
  }

  private static boolean isContinued(List<String> logical) {
    String last = logical.get(logical.size() - 1);
    int slashes = 0;
    while (slashes < last.length() && last.charAt(last.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    return !isComment(logical) && slashes % 2 == 1;
  }

  private static boolean isComment(List<String> logical) {
    String first = logical.get(0).stripLeading();
    return first.isEmpty() || first.startsWith("#") || first.startsWith("!");
  }
}
