package io.github.smartleadbulk.api;

import io.github.smartleadbulk.file.Fingerprint;

/** The API key. It never appears in a message, a log or a debugger. */
public final class ApiKey {

  /** Makes the hash different from hashes of the key that other programs may have leaked. */
  private static final String PURPOSE = "smartlead-bulk: history of a key\n";

  private final String value;

  private ApiKey(String value) {
    this.value = value;
  }

  /**
   * Reads the key from a text, without the white space around it.
   *
   * @throws IllegalArgumentException if the text has no key; the message does not repeat the text
   */
  public static ApiKey of(String text) {
    String key = text.strip();
    if (key.isEmpty()) {
      throw new IllegalArgumentException("the API key is blank");
    }
    if (key.codePoints().anyMatch(ApiKey::isForeign)) {
      throw new IllegalArgumentException(
          "the API key holds white space or control characters, expected one word");
    }
    return new ApiKey(key);
  }

  private static boolean isForeign(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }

  /** Identifies the key in stored data without storing it: 64 hexadecimal digits. */
  public String hash() {
    return Fingerprint.of(PURPOSE + value);
  }

  /** Only for the code that sends the key, and the code that removes it from answers. */
  public String secret() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
