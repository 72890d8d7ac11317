package io.github.smartleadbulk.cli.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A value in a config file.
 *
 * @param number of the line where the value begins, from 1
 */
public record ConfigLine(Path file, int number, String value) {

  /**
   * Reads a file as {@link Properties} does. The last line with a name counts.
   *
   * @throws IllegalArgumentException if an escape sequence is not valid
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
      Properties read = new Properties();
      read.load(new StringReader(String.join("\n", logical)));
      for (String name : read.stringPropertyNames()) {
        lineByName.put(name, new ConfigLine(file, start + 1, read.getProperty(name)));
      }
      start = next;
    }
    return lineByName;
  }

  private static boolean isContinued(List<String> logical) {
    String first = logical.get(0).stripLeading();
    String last = logical.get(logical.size() - 1);
    int slashes = 0;
    while (slashes < last.length() && last.charAt(last.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    boolean isComment = first.isEmpty() || first.startsWith("#") || first.startsWith("!");
    return !isComment && slashes % 2 == 1;
  }

  /** Where the line is, for a message. */
  String place() {
    return file + ", line " + number;
  }
}
