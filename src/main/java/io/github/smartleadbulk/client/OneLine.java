package io.github.smartleadbulk.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Makes foreign text fit for a message: on one line, not too long, and without the key, which
 * servers like to repeat.
 */
final class OneLine {

  static final int LONGEST = 300;

  private final ApiKey key;

  OneLine(ApiKey key) {
    this.key = key;
  }

  String of(String text) {
    String encoded = URLEncoder.encode(key.secret(), StandardCharsets.UTF_8).replace("+", "%20");
    String safe = text.replace(key.secret(), key.toString()).replace(encoded, key.toString());
    StringBuilder line = new StringBuilder();
    safe.codePoints().forEach(c -> append(line, c));
    return cut(line.toString().strip());
  }

  private static void append(StringBuilder line, int c) {
    int type = Character.getType(c);
    if (Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c)) {
      if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    } else if (type != Character.FORMAT && type != Character.SURROGATE) {
      line.appendCodePoint(c);
    }
  }

  private static String cut(String line) {
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
