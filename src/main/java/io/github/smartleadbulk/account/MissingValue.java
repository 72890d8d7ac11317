package io.github.smartleadbulk.account;

/** What programs write into a cell if they have no value or a value of another type. */
final class MissingValue {

  /**
   * The words of databases, pandas, Python and JavaScript, and the truth values in Excel's
   * languages.
   */
  static final String PATTERN =
      "(?iu:null|\\(null\\)|<null>|\\[null]|nil|nan|<nan>|none|<na>|n/?a|n\\.a\\.|undefined|nat"
          + "|true|false|wahr|falsch|vrai|faux|verdadero|falso|vero|waar|onwaar|verdadeiro|prawda"
          + "|fałsz)"
          + "|\\\\N|\\[object Object]|-?Infinity|-?inf";

  private MissingValue() {}
}
