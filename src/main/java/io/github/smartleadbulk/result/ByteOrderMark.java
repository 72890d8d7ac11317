package io.github.smartleadbulk.result;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The mark at the start of a CSV. Excel reads a file without a mark as windows-1252 and saves it
 * that way. Every letter beyond ASCII then turns into two or three others.
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

  /** The mark as text. */
  @Override
  public String toString() {
    return text;
  }

  /** Writes the mark to the stream and returns the stream. */
  <T extends OutputStream> T begin(T out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    return out;
  }
}
