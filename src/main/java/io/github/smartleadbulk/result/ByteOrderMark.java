package io.github.smartleadbulk.result;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a CSV begins with. Excel takes a file without a mark for windows-1252, and saves it so:
 * every letter beyond ASCII comes back as two or three others.
 */
public enum ByteOrderMark {
  NONE(""),
  FOR_EXCEL("\uFEFF");

  private final String text;

  ByteOrderMark(String text) {
    this.text = text;
  }

  public static ByteOrderMark of(boolean excel) {
    return excel ? FOR_EXCEL : NONE;
  }

  /** As it stands at the beginning of a text. */
  @Override
  public String toString() {
    return text;
  }

  /** The stream, with the mark written to it. */
  <T extends OutputStream> T begin(T out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    return out;
  }
}
