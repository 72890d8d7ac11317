package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.ZeroLimit;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be read.
 *
 * @param charset of a file without a byte order mark; null for UTF-8
 * @param delimiter null to find it from the header line
 * @param ignoredColumns names in any spelling that a header may have
 * @param ceiling the largest daily limit that a row may set
 * @param filled fields that every row sets beyond its cells, so that the file needs no column for
 *     them and must not have one
 */
public record InputOptions(
    @Nullable Charset charset,
    @Nullable Character delimiter,
    Set<String> ignoredColumns,
    ZeroLimit zeroLimit,
    DuplicatePolicy duplicates,
    long ceiling,
    Set<AccountField> filled) {

  /** More mails a day than this are nearly always a slip, and burn a mailbox. */
  public static final long USUAL_CEILING = 200;

  /** With the usual ceiling, and no field from elsewhere. */
  public InputOptions(
      @Nullable Charset charset,
      @Nullable Character delimiter,
      Set<String> ignoredColumns,
      ZeroLimit zeroLimit,
      DuplicatePolicy duplicates) {
    this(charset, delimiter, ignoredColumns, zeroLimit, duplicates, USUAL_CEILING, Set.of());
  }

  /**
   * @throws IllegalArgumentException if the delimiter is a quote, a line break or a letter or digit
   */
  public InputOptions {
    if (delimiter != null && !canDelimit(delimiter)) {
      throw new IllegalArgumentException(
          "found "
              + Delimiter.shown(delimiter)
              + ", expected a delimiter such as a comma, a semicolon or a tab");
    }
    ignoredColumns =
        ignoredColumns.stream()
            .map(ColumnNames::normalized)
            .collect(Collectors.toUnmodifiableSet());
    filled = Set.copyOf(filled);
  }

  /**
   * The same, for rows that set more than their cells.
   *
   * @param fields that every row sets
   * @param used names of columns whose cells go into these fields, so that the header may have them
   */
  public InputOptions filledWith(Set<AccountField> fields, Set<String> used) {
    Set<String> ignored = new HashSet<>(ignoredColumns);
    used.stream()
        .map(ColumnNames::normalized)
        .filter(name -> ColumnNames.OF_UPDATES.find(name) == null)
        .forEach(ignored::add);
    return new InputOptions(charset, delimiter, ignored, zeroLimit, duplicates, ceiling, fields);
  }

  /** The value that a cell sets, or null where it must not; then see {@link #expected}. */
  public @Nullable SettingValue parse(AccountField field, String cell) {
    SettingValue value = field.parse(cell, zeroLimit);
    return value == null || isAboveCeiling(field, value) ? null : value;
  }

  /** What may stand in the place of a cell that must not be there. */
  public String expected(AccountField field, String cell) {
    SettingValue value = field.parse(cell, zeroLimit);
    return value != null && isAboveCeiling(field, value)
        ? "at most " + ceiling + " a day (more only with --allow-above)"
        : field.expected(zeroLimit);
  }

  private boolean isAboveCeiling(AccountField field, SettingValue value) {
    return field == AccountField.MAX_EMAIL_PER_DAY
        && value instanceof SettingValue.Whole whole
        && whole.value() > ceiling;
  }

  public static InputOptions defaults() {
    return new InputOptions(null, null, Set.of(), ZeroLimit.REFUSED, DuplicatePolicy.REFUSE);
  }

  private static boolean canDelimit(char c) {
    return c == '\t'
        || (c != '"' && !Character.isISOControl(c) && !Character.isLetterOrDigit(c) && c != '_');
  }
}
