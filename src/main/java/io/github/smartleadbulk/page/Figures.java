package io.github.smartleadbulk.page;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Numbers and times that a reader in any country understands: a narrow space separates groups of
 * digits, as in the SI brochure, and months are words.
 */
final class Figures {

  private static final char NARROW_SPACE = '\u202f';

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm z", Locale.ENGLISH);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);

  private static final DateTimeFormatter SHORT_DAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private Figures() {}

  /** Such as {@code 27 000}. */
  static String number(long value) {
    return numbers().format(value);
  }

  /** The format of {@link #number(long)}. */
  static NumberFormat numbers() {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setGroupingSeparator(NARROW_SPACE);
    return new DecimalFormat("#,##0", symbols);
  }

  /** Such as {@code 1 account} or {@code 27 000 accounts}. */
  static String number(long value, String noun) {
    return number(value) + " " + (value == 1 ? noun : noun + "s");
  }

  /** For a noun whose plural is not formed with an s. */
  static String number(long value, String noun, String plural) {
    return number(value) + " " + (value == 1 ? noun : plural);
  }

  /** In the zone of this machine, which it names: {@code 27 Nov 2026, 09:30 CET}. */
  static String time(Instant time) {
    return TIME.format(time.atZone(ZoneId.systemDefault()));
  }

  /** Such as {@code Fri 27 Nov 2026}. */
  static String day(LocalDate day) {
    return DAY.format(day);
  }

  /** Such as {@code Fri 27 Nov}, where the year is clear. */
  static String shortDay(LocalDate day) {
    return SHORT_DAY.format(day);
  }

  /** Such as {@code 27 Nov}, where there is little room. */
  static String date(LocalDate day) {
    return DATE.format(day);
  }

  /** To two units: {@code 2 h 5 min}, {@code 4 min 10 s}, {@code 0.3 s}. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s")
        : seconds / 3600 + " h" + (seconds / 60 % 60 == 0 ? "" : " " + seconds / 60 % 60 + " min");
  }
}
