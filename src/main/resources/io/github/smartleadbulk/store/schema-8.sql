-- The workspaces of a run: whose accounts its rows change, and what was done for each.
CREATE TABLE IF NOT EXISTS run_workspace (
  run INT NOT NULL,
  -- The place of the workspace among those of the run, from 0.
  place INT NOT NULL,
  name VARCHAR(40) NOT NULL,
  target VARCHAR NOT NULL,
  key_hash VARCHAR(64) NOT NULL,
  calls BIGINT DEFAULT 0 NOT NULL,
  rate_limited BIGINT DEFAULT 0 NOT NULL,
  waited VARCHAR DEFAULT '' NOT NULL,
  canary INT DEFAULT 0 NOT NULL,
  -- Why the last process left rows of the workspace open; null if it did not.
  exit_code INT,
  stopped VARCHAR,
  -- The rows of the input that are for the workspace; null until they have been counted.
  row_count BIGINT,
  PRIMARY KEY (run, place)
);
CREATE INDEX IF NOT EXISTS run_workspace_target ON run_workspace (target, key_hash);
INSERT INTO run_workspace (run, place, name, target, key_hash, calls, rate_limited, waited, canary)
  SELECT id, 0, 'default', target, key_hash, calls, rate_limited, waited, canary FROM run
  WHERE NOT EXISTS (SELECT 1 FROM run_workspace WHERE run = id);

-- An account list belongs to a workspace of a run. Its number is place * 2^32 + run, so the lists of earlier versions keep theirs.
-- The tables are made anew because their foreign keys have names that H2 chose. If the script runs again, the old tables are missing or empty.
CREATE TABLE IF NOT EXISTS account_list (
  list BIGINT PRIMARY KEY,
  -- Counts how often the list was begun: accounts of an earlier pass were not seen again yet.
  pass INT NOT NULL,
  next_offset BIGINT NOT NULL,
  -- Whether the list was read to its end.
  complete BOOLEAN NOT NULL,
  -- When the latest page was read.
  read_at BIGINT NOT NULL,
  -- False once something was sent for the same key and target.
  reusable BOOLEAN NOT NULL,
  has_addresses BOOLEAN DEFAULT FALSE NOT NULL,
  -- Whether the run has found in it what it needs.
  sufficient BOOLEAN DEFAULT FALSE NOT NULL,
  -- Why the list could not be read whole, though to its end; null if it was, or is not read yet.
  fault VARCHAR
);
CREATE TABLE IF NOT EXISTS snapshot (
  run INT PRIMARY KEY, pass INT, next_offset BIGINT, complete BOOLEAN, read_at BIGINT, reusable BOOLEAN, has_addresses BOOLEAN, sufficient BOOLEAN,
  fault VARCHAR
);
INSERT INTO account_list (list, pass, next_offset, complete, read_at, reusable, has_addresses, sufficient, fault)
  SELECT run, pass, next_offset, complete, read_at, reusable, has_addresses, sufficient, fault FROM snapshot
  WHERE NOT EXISTS (SELECT 1 FROM account_list WHERE list = run);
ALTER TABLE snapshot_account ALTER COLUMN IF EXISTS run RENAME TO list;
ALTER TABLE snapshot_account ALTER COLUMN list SET DATA TYPE BIGINT;
CREATE TABLE IF NOT EXISTS list_address (
  list BIGINT NOT NULL REFERENCES account_list ON DELETE CASCADE,
  address VARCHAR NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (list, address, account_id)
);
CREATE TABLE IF NOT EXISTS account_address (run INT, address VARCHAR, account_id BIGINT);
INSERT INTO list_address SELECT run, address, account_id FROM account_address
  WHERE NOT EXISTS (SELECT 1 FROM list_address WHERE list = run);
DROP TABLE account_address;
DROP TABLE snapshot;

-- The workspace of the account: ids are told apart by it. Older rows have the only one that there was.
ALTER TABLE outcome ADD COLUMN IF NOT EXISTS workspace VARCHAR DEFAULT 'default' NOT NULL;
-- The id comes first, because H2 uses only the first column of an index for a list of ids.
CREATE INDEX IF NOT EXISTS outcome_of_workspace_account ON outcome (account_id, workspace);
DROP INDEX IF EXISTS outcome_of_account;
