package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.TextDamage;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.csv.Delimiter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
 * @param used names of columns whose cells go into these fields: the header may have them, and
 *     their cells are kept
 * @param ownNamesByTheirs what the user calls columns for which the file has other names
 * @param emptyAllowed whether a header without rows is a file
 */
public record InputOptions(
    @Nullable Charset charset,
    @Nullable Character delimiter,
    Set<String> ignoredColumns,
    ZeroLimit zeroLimit,
    DuplicatePolicy duplicates,
    long ceiling,
    Set<AccountField> filled,
    Set<String> used,
    Map<String, String> ownNamesByTheirs,
    DamagedText damagedText,
    boolean emptyAllowed) {

  /** More mails a day than this are nearly always a slip, and burn a mailbox. */
  public static final long USUAL_CEILING = 200;

  /** Of a file whose names are known and whose texts are not damaged. */
  public InputOptions(
      @Nullable Charset charset,
      @Nullable Character delimiter,
      Set<String> ignoredColumns,
      ZeroLimit zeroLimit,
      DuplicatePolicy duplicates,
      long ceiling) {
    this(
        charset,
        delimiter,
        ignoredColumns,
        zeroLimit,
        duplicates,
        ceiling,
        Set.of(),
        Set.of(),
        Map.of(),
        DamagedText.REFUSED,
        false);
  }

  /**
   * @throws IllegalArgumentException if the delimiter is a quote, a line break or a letter or digit
   */
  public InputOptions {
    if (delimiter != null && !Delimiter.isPossible(delimiter)) {
      throw new IllegalArgumentException(
          "found "
              + Delimiter.shown(delimiter)
              + ", expected a delimiter such as a comma, a semicolon or a tab");
    }
    ignoredColumns = normalized(ignoredColumns);
    filled = Set.copyOf(filled);
    used = used.stream().map(Column::ownName).collect(Collectors.toUnmodifiableSet());
    Map<String, String> names = new TreeMap<>();
    ownNamesByTheirs.forEach(
        (theirs, own) -> names.put(ColumnName.normalized(theirs), ColumnName.normalized(own)));
    ownNamesByTheirs = Map.copyOf(names);
  }

  private static Set<String> normalized(Set<String> names) {
    return names.stream().map(ColumnName::normalized).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The same, for rows that set more than their cells.
   *
   * @param fields that every row sets
   * @param columns names of columns whose cells go into these fields
   */
  public InputOptions filledWith(Set<AccountField> fields, Set<String> columns) {
    return with(fields, columns, ownNamesByTheirs, damagedText, emptyAllowed);
  }

  /** The same, for a file with other names: ours by those of the file, in any spelling. */
  public InputOptions named(Map<String, String> names) {
    return with(filled, used, names, damagedText, emptyAllowed);
  }

  /** The same, for texts that are damaged. */
  public InputOptions with(DamagedText texts) {
    return with(filled, used, ownNamesByTheirs, texts, emptyAllowed);
  }

  /** The same, for a file that may have no rows. */
  public InputOptions emptyAllowed(boolean allowed) {
    return with(filled, used, ownNamesByTheirs, damagedText, allowed);
  }

  private InputOptions with(
      Set<AccountField> fields,
      Set<String> columns,
      Map<String, String> names,
      DamagedText texts,
      boolean empty) {
    return new InputOptions(
        charset,
        delimiter,
        ignoredColumns,
        zeroLimit,
        duplicates,
        ceiling,
        fields,
        columns,
        names,
        texts,
        empty);
  }

  /** The value that a text sets, or null where it must not; then see {@link #problem}. */
  public @Nullable SettingValue parse(AccountField field, String text) {
    SettingValue value = field.parse(text, zeroLimit);
    return value == null || isAboveCeiling(field, value) || damage(text, value) != null
        ? null
        : value;
  }

  /**
   * What is wrong with a text that must not be there.
   *
   * @param column the column's name, or what stands for it
   */
  public RowProblem problem(String column, AccountField field, String text) {
    SettingValue value = field.parse(text, zeroLimit);
    if (value != null && isAboveCeiling(field, value)) {
      return new RowProblem(
          column,
          Cells.shown(text),
          "at most " + ceiling + " a day (more only with --allow-above)");
    }
    String expected = field.expected(zeroLimit);
    TextDamage.Found damage = damage(text, value);
    if (damage != null) {
      return new RowProblem(
          column,
          Cells.shown(damage.excerpt()),
          expected + "; " + damage.mend() + " (to send it as it is: --allow-damaged-text)");
    }
    TextDamage.Found cause = field.isText() ? TextDamage.find(text) : null;
    return new RowProblem(
        column,
        Cells.shown(text),
        expected + (cause == null ? field.hint(text) : "; " + cause.mend()));
  }

  /** Only what goes out as text can be damaged: numbers and flags are what they are. */
  private TextDamage.@Nullable Found damage(String text, @Nullable SettingValue value) {
    return value instanceof SettingValue.Text && damagedText == DamagedText.REFUSED
        ? TextDamage.find(text)
        : null;
  }

  private boolean isAboveCeiling(AccountField field, SettingValue value) {
    return field.isDailyLimit()
        && value instanceof SettingValue.Whole whole
        && whole.value() > ceiling;
  }

  public static InputOptions defaults() {
    return new InputOptions(
        null, null, Set.of(), ZeroLimit.REFUSED, DuplicatePolicy.REFUSE, USUAL_CEILING);
  }
}
