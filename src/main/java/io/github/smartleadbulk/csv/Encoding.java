package io.github.smartleadbulk.csv;

import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of a file.
 *
 * @param markLength the length of the byte order mark in bytes
 */
public record Encoding(Charset charset, int markLength) {

  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

  /**
   * Chooses the encoding: the one that the byte order mark proves, else the one that the user
   * gives, else UTF-8.
   *
   * @param start the beginning of the file
   */
  static Encoding of(byte[] start, @Nullable Charset given) {
    if (startsWith(start, 0xEF, 0xBB, 0xBF)) {
      return new Encoding(StandardCharsets.UTF_8, 3);
    }
    // Check this before UTF-16, where it would be a mark and a NUL.
    if (startsWith(start, 0xFF, 0xFE, 0, 0)) {
      return new Encoding(UTF_32LE, 4);
    }
    if (startsWith(start, 0, 0, 0xFE, 0xFF)) {
      return new Encoding(UTF_32BE, 4);
    }
    if (startsWith(start, 0xFF, 0xFE)) {
      return new Encoding(StandardCharsets.UTF_16LE, 2);
    }
    if (startsWith(start, 0xFE, 0xFF)) {
      return new Encoding(StandardCharsets.UTF_16BE, 2);
    }
    return new Encoding(given == null ? StandardCharsets.UTF_8 : given, 0);
  }

  /**
   * The problem of a file that begins like this and is read in this encoding; null if there is
   * none.
   *
   * @param start the beginning of the file
   */
  @Nullable String fault(byte[] start) {
    byte[] behind = Arrays.copyOfRange(start, Math.min(markLength, start.length), start.length);
    boolean twice =
        markLength > 0
            && Arrays.equals(Arrays.copyOf(start, markLength), Arrays.copyOf(behind, markLength));
    if (twice || startsWith(behind, 0xC3, 0xAF, 0xC2, 0xBB, 0xC2, 0xBF)) {
      return "found two byte order marks at the start of the file, expected at most one: save the"
          + " file again as \"CSV UTF-8\"";
    }
    Charset wide = markLength > 0 ? null : wide(start);
    if (wide == null || reads(wide)) {
      return null;
    }
    return "the file is %s without a byte order mark, not %s: save it as \"CSV UTF-8\", or add --charset %s"
        .formatted(wide, charset, wide);
  }

  /**
   * The encoding of a file that begins with two ASCII letters and zero bytes between them; null for
   * others.
   */
  private static @Nullable Charset wide(byte[] start) {
    boolean[] nought = new boolean[8];
    if (start.length < nought.length) {
      return null;
    }
    for (int i = 0; i < nought.length; i++) {
      nought[i] = start[i] == 0;
    }
    return switch (pattern(nought)) {
      case "x0x0x0x0" -> StandardCharsets.UTF_16LE;
      case "0x0x0x0x" -> StandardCharsets.UTF_16BE;
      case "x000x000" -> UTF_32LE;
      case "000x000x" -> UTF_32BE;
      default -> null;
    };
  }

  private static String pattern(boolean[] nought) {
    StringBuilder pattern = new StringBuilder();
    for (boolean one : nought) {
      pattern.append(one ? '0' : 'x');
    }
    return pattern.toString();
  }

  /** The name UTF-16 does not say the byte order. Java reads it as UTF-16BE. */
  private boolean reads(Charset wide) {
    return charset.equals(wide) || (charset.name() + "BE").equals(wide.name());
  }

  /** A decoder that stops at every byte that is not valid in the charset. */
  public CharsetDecoder strictDecoder() {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
