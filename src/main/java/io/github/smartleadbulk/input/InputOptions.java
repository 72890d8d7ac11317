package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.TextDamage;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.csv.Delimiter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file.
 *
 * @param charset the charset of a file without a byte order mark; null for UTF-8
 * @param delimiter the delimiter; null to find it from the header
 * @param ignoredColumns the names of columns to ignore, in any spelling that a header may have
 * @param ceiling the largest daily limit that a row may set
 * @param filled fields that every row sets in addition to its cells; the file must not have a
 *     column for them
 * @param used names of columns whose cells go into these fields; the header may have these columns,
 *     and their cells are kept
 * @param ownNamesByTheirs our column names by the file's names, from {@code --map}
 * @param emptyAllowed whether a header without rows is a valid file
 * @param workspaces the workspaces that rows can name
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
    boolean emptyAllowed,
    WorkspaceNames workspaces) {

  /** A higher daily limit is nearly always a mistake and ruins the reputation of a mailbox. */
  public static final long USUAL_CEILING = 200;

  /** Options for a file that has known column names, no damaged texts and no workspaces. */
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
        false,
        WorkspaceNames.none());
  }

  /**
   * @throws IllegalArgumentException if the delimiter is a quote, a line break, a letter or a digit
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
   * These options, for rows that set more than their cells.
   *
   * @param fields the fields that every row sets
   * @param columns the names of columns whose cells go into these fields
   */
  public InputOptions filledWith(Set<AccountField> fields, Set<String> columns) {
    return with(fields, columns, ownNamesByTheirs, damagedText, emptyAllowed, workspaces);
  }

  /**
   * These options, for a file with other column names: our names by those of the file, in any
   * spelling.
   */
  public InputOptions named(Map<String, String> names) {
    return with(filled, used, names, damagedText, emptyAllowed, workspaces);
  }

  /** These options, with this rule for damaged texts. */
  public InputOptions with(DamagedText texts) {
    return with(filled, used, ownNamesByTheirs, texts, emptyAllowed, workspaces);
  }

  /** These options, for a file that may or may not be without rows. */
  public InputOptions emptyAllowed(boolean allowed) {
    return with(filled, used, ownNamesByTheirs, damagedText, allowed, workspaces);
  }

  /** These options, for rows that can name these workspaces. */
  public InputOptions with(WorkspaceNames names) {
    return with(filled, used, ownNamesByTheirs, damagedText, emptyAllowed, names);
  }

  private InputOptions with(
      Set<AccountField> fields,
      Set<String> columns,
      Map<String, String> names,
      DamagedText texts,
      boolean empty,
      WorkspaceNames workspaceNames) {
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
        empty,
        workspaceNames);
  }

  /**
   * The value that a text sets, or null if the text is not allowed; {@link #problem} then says why.
   */
  public @Nullable SettingValue parse(AccountField field, String text) {
    SettingValue value = field.parse(text, zeroLimit);
    return value == null || isAboveCeiling(field, value) || damage(text, value) != null
        ? null
        : value;
  }

  /**
   * The problem with a text that is not allowed.
   *
   * @param column the name of the column or option
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
          expected + "; " + damage.mend() + " (to send it unchanged: --allow-damaged-text)");
    }
    TextDamage.Found cause = field.isText() ? TextDamage.find(text) : null;
    return new RowProblem(
        column,
        Cells.shown(text),
        expected + (cause == null ? field.hint(text) : "; " + cause.mend()));
  }

  /** Checks only values that are sent as text. Numbers and flags cannot be damaged. */
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
