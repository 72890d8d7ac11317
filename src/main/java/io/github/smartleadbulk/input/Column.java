package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.ColumnName;

/** The meaning of a column. */
public sealed interface Column {

  /** The account's id. */
  record AccountId() implements Column {}

  /** The account's address. */
  record FromEmail() implements Column {}

  /** The workspace of the account. */
  record Workspace() implements Column {}

  record Setting(AccountField field) implements Column {}

  /** A column of a table other than an update file; {@code name} is its own name. */
  record Named(String name) implements Column {}

  /**
   * A column without a meaning whose cells are kept: {@code _notes}, and columns that a template
   * names.
   */
  record Ignored() implements Column {}

  /**
   * A column to ignore, which may hold passwords. Its cells are not kept, not even in memory.
   *
   * @param name the normalised name
   * @param why the reason, for messages
   */
  record PassedOver(String name, Why why) implements Column {

    /** Why a column is ignored. */
    public enum Why {
      /** The user said so. */
      TOLD,
      /** A known column of another program that is not a setting of this endpoint. */
      NO_SETTING,
      /** Like {@link #NO_SETTING}, but a user may expect the program to apply the column. */
      WARM_UP
    }
  }

  /**
   * A column without a name, such as spreadsheets leave at the end. All its cells must be blank.
   */
  record Nameless() implements Column {}

  /** Whether the cells of the column have a meaning. */
  static boolean isKnown(Column column) {
    return !(column instanceof Ignored
        || column instanceof PassedOver
        || column instanceof Nameless);
  }

  /**
   * The own name of the column that has this name in another spelling or as an alias ({@code
   * from_email} for {@code email}). An unknown name is returned normalised.
   */
  static String ownName(String name) {
    String normalized = ColumnName.normalized(name);
    Column column = ColumnNames.OF_UPDATES.find(normalized);
    return column == null ? normalized : ColumnNames.OF_UPDATES.of(column);
  }

  Column ACCOUNT_ID = new AccountId();
  Column FROM_EMAIL = new FromEmail();
  Column WORKSPACE = new Workspace();
  Column IGNORED = new Ignored();
  Column NAMELESS = new Nameless();
}
