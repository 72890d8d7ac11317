-- What a row has changed: the values before, where known, and what was sent. JSON by API name; null where nothing was sent.
ALTER TABLE outcome ADD COLUMN IF NOT EXISTS before_values VARCHAR;
ALTER TABLE outcome ADD COLUMN IF NOT EXISTS after_values VARCHAR;

-- The accounts as a run has read them from the paged list.
CREATE TABLE IF NOT EXISTS snapshot (
  run INT PRIMARY KEY REFERENCES run ON DELETE CASCADE,
  -- Counts how often the list was begun: accounts of an earlier pass were not seen again yet.
  pass INT NOT NULL,
  next_offset BIGINT NOT NULL,
  -- Whether the list was read to its end.
  complete BOOLEAN NOT NULL,
  -- When the latest page was read.
  read_at BIGINT NOT NULL,
  -- False once something was sent for the same key and target.
  reusable BOOLEAN NOT NULL
);
CREATE TABLE IF NOT EXISTS snapshot_account (
  run INT NOT NULL REFERENCES snapshot ON DELETE CASCADE,
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
CREATE INDEX IF NOT EXISTS snapshot_address ON snapshot_account (run, address);
