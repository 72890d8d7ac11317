package io.github.smartleadbulk.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Prepares foreign text for a message: on one line, not too long, and without the key, which
 * servers often repeat.
 */
public final class SingleLine {

  static final int LONGEST = 300;

  private final ApiKey key;

  /** Matches the key itself and its form in a URL, where escapes may be in any case. */
  private final Pattern keyPattern;

  public SingleLine(ApiKey key) {
    this.key = key;
    String encoded = URLEncoder.encode(key.secret(), StandardCharsets.UTF_8).replace("+", "%20");
    this.keyPattern =
        Pattern.compile(
            Pattern.quote(key.secret()) + "|" + Pattern.quote(encoded), Pattern.CASE_INSENSITIVE);
  }

  public String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> append(line, c));
    // The key is replaced only now, because invisible characters could have hidden it before.
    return cut(keyPattern.matcher(line.toString().strip()).replaceAll(key.toString()));
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
