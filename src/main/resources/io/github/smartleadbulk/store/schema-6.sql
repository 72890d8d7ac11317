-- Without a foreign key: that had an index of its own on the run alone. While a run has few accounts, H2 took that one to find an account: it read them
-- all, each with its signature, for each account of a page.
ALTER TABLE IF EXISTS snapshot_account RENAME TO snapshot_account_before;
CREATE TABLE snapshot_account (
  run INT NOT NULL,
  account_id BIGINT NOT NULL,
  from_email VARCHAR,
  -- In lower case: mailboxes do not differ by case.
  address VARCHAR,
  pass INT NOT NULL,
  settings VARCHAR NOT NULL,
  -- As the first pass saw it, where a later one has seen it again.
  first_settings VARCHAR,
  PRIMARY KEY (run, account_id)
);
INSERT INTO snapshot_account SELECT run, account_id, from_email, address, pass, settings, first_settings FROM snapshot_account_before;
DROP TABLE snapshot_account_before;
