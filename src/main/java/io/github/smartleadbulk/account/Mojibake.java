package io.github.smartleadbulk.account;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds UTF-8 that was read in a single-byte charset: {@code ZoÃ« Oâ€™Hara}.
 *
 * <p>Letters that look like a UTF-8 sequence also occur in good text: {@code CAFÉ’S}, {@code né »},
 * {@code „MENÜ“}. One sequence is therefore proof only if nobody would write it: its first letter
 * is one of the few that begin Western European letters and punctuation, and its second letter
 * cannot follow a word. Two sequences in a row are proof if they stand for letters beyond ASCII and
 * no end of a word follows.
 */
final class Mojibake {

  /** The letters of Windows and of Excel on a Mac. */
  private static final String WINDOWS_1252 =
      "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"
          + "\u00A0¡¢£¤¥¦§¨©ª«¬\u00AD®¯°±²³´µ¶·¸¹º»¼½¾¿"
          + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
          + "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

  private static final String MAC_ROMAN =
      "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü"
          + "†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
          + "¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›\uFB01\uFB02"
          + "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

  /** Chars that can follow a word: quotes, dots, dashes, signs, blanks. */
  private static final String BEHIND_WORDS =
      "\u2018\u2019\u201C\u201D\u2026\u2013\u2014\u00BB\u00AB"
          + "\u00A0\u00AE\u00A9\u2122\u00B0\u00AA\u00BA\u00B7\u2022\u2020";

  private static final List<Mojibake> CHARSETS =
      List.of(new Mojibake(WINDOWS_1252), new Mojibake(MAC_ROMAN));

  private static final int NONE = -1;

  /** The byte for each char; {@link #NONE} if the charset has no byte from 0x80 on for the char. */
  private final short[] bytes = new short[0x10000];

  /**
   * @param letters the letters of the bytes from 0x80 on
   */
  private Mojibake(String letters) {
    Arrays.fill(bytes, (short) NONE);
    for (int i = 0; i < letters.length(); i++) {
      if (letters.charAt(i) != '\uFFFD') {
        bytes[letters.charAt(i)] = (short) (0x80 + i);
      }
    }
  }

  /** The start and end of such a sequence, or null. */
  static int @Nullable [] find(String text) {
    for (Mojibake charset : CHARSETS) {
      int[] place = charset.findIn(text);
      if (place != null) {
        return place;
      }
    }
    return null;
  }

  private int @Nullable [] findIn(String text) {
    int i = 0;
    while (i < text.length()) {
      int length = sequence(text, i);
      if (length == 0) {
        i++;
        continue;
      }
      if (isProof(text, i, length)) {
        return new int[] {i, i + length};
      }
      int next = i + length;
      int second = sequence(text, next);
      if (second > 0 && !isWordEnd(text, i, length) && !isWordEnd(text, next, second)) {
        return new int[] {i, next + second};
      }
      i++;
    }
    return null;
  }

  /**
   * How many chars from the start on are the bytes of one character; 0 if they are not a character.
   */
  private int sequence(String text, int start) {
    int lead = start < text.length() ? bytes[text.charAt(start)] : NONE;
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || start + length > text.length()) {
      return 0;
    }
    for (int i = start + 1; i < start + length; i++) {
      int b = bytes[text.charAt(i)];
      if (b < 0x80 || b > 0xBF) {
        return 0;
      }
    }
    int second = bytes[text.charAt(start + 1)];
    boolean overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    return overlong ? 0 : length;
  }

  /** Whether a sequence stands for a Western letter or mark and is not the end of a word. */
  private boolean isProof(String text, int start, int length) {
    int lead = bytes[text.charAt(start)];
    int second = bytes[text.charAt(start + 1)];
    if (isWordEnd(text, start, length) && !(lead == 0xE2 && second == 0x80)) {
      return false;
    }
    return switch (length) {
      case 2 -> lead <= 0xC5;
      // General punctuation, currency, letterlike signs, arrows, dingbats; the byte order mark;
      // U+FFFD.
      case 3 ->
          (lead == 0xE2 && (second <= 0x84 || second == 0x86 || second == 0x9C))
              || (lead == 0xEF && (second == 0xBB || second == 0xBF));
      default -> lead == 0xF0 && second == 0x9F;
    };
  }

  /** Whether a word may end with the first letter and all other letters can follow a word. */
  private static boolean isWordEnd(String text, int start, int length) {
    for (int i = start + 1; i < start + length; i++) {
      if (BEHIND_WORDS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    if (start == 0 || !Character.isLetter(text.charAt(start))) {
      return false;
    }
    int before = text.charAt(start - 1);
    return Character.isLetter(before)
        && !(Character.isUpperCase(text.charAt(start)) && Character.isLowerCase(before));
  }
}
