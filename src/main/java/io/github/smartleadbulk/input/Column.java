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

  Column ACCOUNT_ID = new AccountId();
  Column FROM_EMAIL = new FromEmail();
  Column IGNORED = new Ignored();
}
