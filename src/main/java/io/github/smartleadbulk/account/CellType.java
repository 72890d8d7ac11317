package io.github.smartleadbulk.account;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the cells of a column may hold. */
enum CellType {
  DAILY_LIMIT("a whole number of 1 or more (0 only with --allow-zero)") {
    @Override
    @Nullable SettingValue parse(String cell, ZeroLimit zeroLimit) {
      return whole(cell, zeroLimit == ZeroLimit.ALLOWED ? 0 : 1);
    }

    @Override
    String expected(ZeroLimit zeroLimit) {
      return zeroLimit == ZeroLimit.ALLOWED ? MINUTES.expected : expected;
    }

    @Override
    String hint(String cell) {
      SettingValue.Whole whole = whole(cell, 0);
      return whole != null && whole.value() == 0
          ? "; SmartLead reads 0 as \"no limit\": to stop a mailbox, set is_suspended to true"
          : super.hint(cell);
    }
  },
  MINUTES("a whole number of 0 or more") {
    @Override
    @Nullable SettingValue parse(String cell, ZeroLimit zeroLimit) {
      return whole(cell, 0);
    }
  },
  ID("a positive whole number") {
    @Override
    @Nullable SettingValue parse(String cell, ZeroLimit zeroLimit) {
      return whole(cell, 1);
    }

    @Override
    @Nullable SettingValue ofAnswer(Object scalar) {
      SettingValue value = super.ofAnswer(scalar);
      // No id is 0, so 0 means that the setting is empty.
      return new SettingValue.Whole(0).equals(value) ? new SettingValue.None() : value;
    }
  },
  NAME("text", true),
  HTML("text", true),
  HOST("a host name such as track.example.com, with or without https:// before it", true) {
    @Override
    @Nullable SettingValue parse(String cell, ZeroLimit zeroLimit) {
      String host = Cells.stripped(cell);
      // The limit of RFC 1035 plus https:// and a slash. It prevents deep recursion in the
      // expression.
      return host.length() <= 263 && HOST_NAME.matcher(host).matches()
          ? new SettingValue.Text(host)
          : null;
    }

    /** SmartLead may return a host with a scheme even if it was set without one. */
    @Override
    SettingValue compared(SettingValue value) {
      return value instanceof SettingValue.Text text
          ? new SettingValue.Text(
              AROUND_HOST
                  .matcher(Cells.stripped(text.value()).toLowerCase(Locale.ROOT))
                  .replaceAll(""))
          : value;
    }
  },
  MAIL_ADDRESS("one email address such as name@example.com", true) {
    @Override
    @Nullable SettingValue parse(String cell, ZeroLimit zeroLimit) {
      String address = Cells.stripped(cell);
      return isMailAddress(address) ? new SettingValue.Text(address) : null;
    }
  },
  /** Also accepts the words of other Excel languages, such as German, French or Spanish. */
  FLAG("true or false (or yes, no, on, off, 1, 0)") {
    @Override
    @Nullable SettingValue parse(String cell, ZeroLimit zeroLimit) {
      SettingValue.Whole whole = whole(cell, 0);
      if (whole != null) {
        return whole.value() > 1 ? null : new SettingValue.Flag(whole.value() == 1);
      }
      return switch (Cells.stripped(cell).toLowerCase(Locale.ROOT)) {
        case "true", "yes", "y", "t", "on" -> new SettingValue.Flag(true);
        case "wahr", "vrai", "verdadero", "vero", "waar", "verdadeiro", "prawda" ->
            new SettingValue.Flag(true);
        case "false", "no", "n", "f", "off" -> new SettingValue.Flag(false);
        case "falsch", "faux", "falso", "onwaar", "fałsz" -> new SettingValue.Flag(false);
        default -> null;
      };
    }

    @Override
    String hint(String cell) {
      return "";
    }

    @Override
    @Nullable SettingValue ofAnswer(Object scalar) {
      return parse(scalar.toString(), ZeroLimit.ALLOWED);
    }
  };

  /**
   * The largest whole number that every JSON implementation reads exactly (RFC 8259, section 6).
   */
  private static final long LARGEST = (1L << 53) - 1;

  /**
   * Spreadsheets write whole numbers as 40 or 40.0. Exponents and separators can lose digits. One
   * to three digits, a point and three zeros are thousands in most of Europe.
   */
  private static final Pattern WHOLE =
      Pattern.compile("(?![0-9]{1,3}\\.000$)0*([0-9]{1,16})(?:\\.0+)?");

  private static final String LABEL = "[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}_])?";

  private static final Pattern HOST_NAME =
      Pattern.compile("(?i:https?://)?" + LABEL + "(?:\\." + LABEL + ")+/?");

  private static final Pattern AROUND_HOST = Pattern.compile("^https?://|/$");

  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s\\p{C}@,;:<>()\\[\\]\"]+@" + LABEL + "(?:\\." + LABEL + ")+");

  final String expected;
  final boolean isText;

  CellType(String expected) {
    this(expected, false);
  }

  CellType(String expected, boolean isText) {
    this.expected = expected;
    this.isText = isText;
  }

  /** The value of a cell, or null if the cell does not have this type. */
  @Nullable SettingValue parse(String cell, ZeroLimit zeroLimit) {
    return new SettingValue.Text(cell);
  }

  String expected(ZeroLimit zeroLimit) {
    return expected;
  }

  /** The most likely cause of a cell that does not have this type; empty if no cause is known. */
  String hint(String cell) {
    return isText ? "" : NumberSlip.hint(cell);
  }

  /** The form of a value that is compared with other values. */
  SettingValue compared(SettingValue value) {
    return value;
  }

  /** The value in an answer, or null if it does not have this type. Numbers may come as text. */
  @Nullable SettingValue ofAnswer(Object scalar) {
    if (isText) {
      return scalar instanceof String text ? new SettingValue.Text(text) : null;
    }
    if (scalar instanceof String text && text.isBlank()) {
      return new SettingValue.None();
    }
    return scalar instanceof Boolean ? null : whole(scalar.toString(), 0);
  }

  /** A whole number of at least {@code least}, or null. */
  static SettingValue.@Nullable Whole whole(String cell, long least) {
    Matcher matcher = WHOLE.matcher(Cells.stripped(cell));
    if (!matcher.matches()) {
      return null;
    }
    long value = Long.parseLong(matcher.group(1));
    return value >= least && value <= LARGEST ? new SettingValue.Whole(value) : null;
  }

  static boolean isMailAddress(String text) {
    // The limit of RFC 5321.
    return text.length() <= 254 && ADDRESS.matcher(text).matches();
  }
}
