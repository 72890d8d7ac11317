package io.github.smartleadbulk.account;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Likely causes of a cell that should hold a whole number and does not, so that a message can say
 * how to correct the cell. The first cause that fits counts.
 */
enum NumberSlip {
  /** An exponent, which loses digits: 123456789 becomes 1.23E+08. */
  EXPONENT(
      "[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+",
      "a spreadsheet turned the number into an exponent and lost digits: give the column a number"
          + " format without decimals and enter the numbers again"),
  /** 1.000, which is a thousand in most of Europe and one elsewhere. */
  AMBIGUOUS(
      "[+-]?[0-9]{1,3}[.,][0-9]{3}",
      "the separator can mean decimals or thousands: give the column a number"
          + " format without separators and decimals"),
  THOUSANDS(
      "[+-]?[0-9]{1,3}(?:[.,'’`´_\\s\\p{Z}][0-9]{2,3})+(?:[.,][0-9]*)?",
      "the number has thousands separators: give the column a number format without them"),
  APOSTROPHE(
      "['’‘`´]\\s*[0-9].*",
      "a spreadsheet keeps a number with an apostrophe before it as text: delete the apostrophe"),
  PERCENT(
      "[+-]?[0-9.,]+[\\s\\p{Z}]*%",
      "a percentage is not a plain number: give the column a number format without %"),
  ERROR(
      SpreadsheetError.PATTERN + "|" + SpreadsheetError.LIKELY,
      "a spreadsheet error replaced the number: correct its formula, or leave the cell" + " blank"),
  NO_VALUE(MissingValue.PATTERN, "programs write this for a missing value: leave the cell blank"),
  FORMULA(
      "=.*", "the cell holds a formula instead of its result: save the values, not the formulas"),
  DECIMAL_COMMA("[+-]?[0-9]+,[0-9]+", "give the column a number format without decimals"),
  QUOTED("[\"“”„«»].*", "delete the quotes around the number"),
  CURRENCY(
      ".*\\p{Sc}.*", "give the column a number format without a currency, and delete the sign"),
  INVISIBLE(".*\\p{Cf}.*", "the cell contains invisible characters: type the number again"),
  OTHER_DIGITS("\\p{Nd}*[^\\P{Nd}0-9]\\p{Nd}*", "write the number with the digits 0 to 9"),
  LETTER("[0-9OolI]*[0-9][0-9OolI]*", "a letter replaced a digit");

  private final Pattern pattern;
  private final String mend;

  NumberSlip(String pattern, String mend) {
    this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    this.mend = mend;
  }

  /**
   * The cause and the correction, to append to what is expected; empty if no cause is known.
   *
   * @param cell a cell that does not hold a whole number
   */
  static String hint(String cell) {
    String text = Cells.stripped(cell);
    // Such cells are short. The limit prevents deep recursion in the expressions.
    if (text.length() > 100) {
      return "";
    }
    if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return isTooLarge(text) ? "; JSON cannot tell whole numbers above 2^53 apart" : "";
    }
    return Arrays.stream(values())
        .filter(slip -> slip.pattern.matcher(text).matches())
        .findFirst()
        .map(slip -> "; " + slip.mend)
        .orElse("");
  }

  private static boolean isTooLarge(String digits) {
    return !digits.isEmpty() && CellType.whole(digits, 0) == null;
  }
}
