package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountField;

/** What a column of the file means. */
public sealed interface Column {

  /** The account's id. */
  record AccountId() implements Column {}

  /** The account's address. */
  record FromEmail() implements Column {}

  record Setting(AccountField field) implements Column {}

  /** A column of a table that is no update file; {@code name} is its own name. */
  record Named(String name) implements Column {}

  /** Kept, but without a meaning: {@code _notes} and what the user told us to ignore. */
  record Ignored() implements Column {}

  /**
   * The name of which this one is another spelling or an alias ({@code email} for {@code
   * from_email}); of a name that means nothing to us, the name as a header is matched with it.
   */
  static String ownName(String name) {
    String normalized = ColumnNames.normalized(name);
    Column column = ColumnNames.OF_UPDATES.find(normalized);
    return column == null ? normalized : ColumnNames.OF_UPDATES.of(column);
  }

  Column ACCOUNT_ID = new AccountId();
  Column FROM_EMAIL = new FromEmail();
  Column IGNORED = new Ignored();
}
