package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.ColumnName;

/** What a column of the file means. */
public sealed interface Column {

  /** The account's id. */
  record AccountId() implements Column {}

  /** The account's address. */
  record FromEmail() implements Column {}

  record Setting(AccountField field) implements Column {}

  /** A column of a table that is no update file; {@code name} is its own name. */
  record Named(String name) implements Column {}

  /** Kept, but without a meaning of its own: {@code _notes}, and what a template names. */
  record Ignored() implements Column {}

  /**
   * None of our business, and perhaps a password: its cells are not kept, not even in memory.
   *
   * @param name normalised
   * @param why for the user
   */
  record PassedOver(String name, Why why) implements Column {

    /** Who says that the column does not count. */
    public enum Why {
      /** The user. */
      TOLD,
      /** Other programs' column, known by name: not a setting of this endpoint. */
      NO_SETTING,
      /** The same, but of a kind that somebody may expect to be applied. */
      WARM_UP
    }
  }

  /** A column without a name, as spreadsheets leave at the end: nothing must stand in it. */
  record Nameless() implements Column {}

  /** Whether cells of the column say anything to us. */
  static boolean isKnown(Column column) {
    return !(column instanceof Ignored
        || column instanceof PassedOver
        || column instanceof Nameless);
  }

  /**
   * The name of which this one is another spelling or an alias ({@code email} for {@code
   * from_email}); of a name that means nothing to us, the name as a header is matched with it.
   */
  static String ownName(String name) {
    String normalized = ColumnName.normalized(name);
    Column column = ColumnNames.OF_UPDATES.find(normalized);
    return column == null ? normalized : ColumnNames.OF_UPDATES.of(column);
  }

  Column ACCOUNT_ID = new AccountId();
  Column FROM_EMAIL = new FromEmail();
  Column IGNORED = new Ignored();
  Column NAMELESS = new Nameless();
}
