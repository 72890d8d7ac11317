-- The tables of the state, as script 8 of the embedded database leaves them, and those that only several machines need.

-- Numbers are not given twice, even when runs are pruned.
CREATE SEQUENCE run_number;

CREATE TABLE run (
  id INT PRIMARY KEY,
  command VARCHAR(20) NOT NULL,
  input_name VARCHAR NOT NULL,
  -- Null where the input came through standard input.
  input_path VARCHAR,
  -- SHA-256 of the input's bytes.
  fingerprint CHAR(64) NOT NULL,
  -- A base URL, or "sandbox" for the embedded one.
  target VARCHAR NOT NULL,
  key_hash VARCHAR(64) NOT NULL,
  status VARCHAR(12) NOT NULL,
  exit_code INT,
  -- Milliseconds since 1970, here and below.
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  -- Null until the input has been read once.
  row_count BIGINT,
  -- Null for results.csv in the run's folder.
  results_path VARCHAR,
  calls BIGINT DEFAULT 0 NOT NULL,
  rate_limited BIGINT DEFAULT 0 NOT NULL,
  -- The run whose rows this one takes up again.
  origin INT,
  -- Why the last process ended the run before its last row; null if it did not.
  stopped VARCHAR,
  -- Milliseconds that all processes of the run have waited, a line such as "60/min=1500" for each cause.
  waited VARCHAR DEFAULT '' NOT NULL,
  -- How many rows were sent first, read back and found right; 0 if there was no such check, or not yet.
  canary INT DEFAULT 0 NOT NULL
);
CREATE INDEX run_of_input ON run (fingerprint, target, key_hash);

-- How the run reads its input: whoever resumes it reads it the same way.
CREATE TABLE run_option (
  run INT NOT NULL REFERENCES run ON DELETE CASCADE,
  name VARCHAR(40) NOT NULL,
  option_value VARCHAR NOT NULL,
  PRIMARY KEY (run, name)
);

-- The workspaces of a run: whose accounts its rows change, and what was done for each.
CREATE TABLE run_workspace (
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
CREATE INDEX run_workspace_target ON run_workspace (target, key_hash);

-- Rows of one account, found by the inspect step.
CREATE TABLE duplicate_row (
  run INT NOT NULL REFERENCES run ON DELETE CASCADE,
  row_no BIGINT NOT NULL,
  line BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (run, row_no)
);

-- What became of the rows, from the journals. run_row is run * 2^40 + row.
CREATE TABLE outcome (
  run_row BIGINT PRIMARY KEY,
  line BIGINT NOT NULL,
  account_id BIGINT,
  status VARCHAR(12) NOT NULL,
  changed_fields VARCHAR NOT NULL,
  http_status INT,
  attempts INT NOT NULL,
  message VARCHAR NOT NULL,
  finished_at BIGINT,
  -- What a row has changed: the values before, where known, and what was sent. JSON by API name; null where nothing was sent.
  before_values VARCHAR,
  after_values VARCHAR,
  -- The workspace of the account: ids are told apart by it.
  workspace VARCHAR NOT NULL
);
CREATE INDEX outcome_of_workspace_account ON outcome (account_id, workspace);

-- Those of them that somebody has to look at: few, and found without reading all the others.
CREATE TABLE attention (
  attention_row BIGINT PRIMARY KEY
);

-- How many rows of a run ended how.
CREATE TABLE run_count (
  run INT NOT NULL REFERENCES run ON DELETE CASCADE,
  status VARCHAR(12) NOT NULL,
  rows_ended BIGINT NOT NULL,
  PRIMARY KEY (run, status)
);

-- Up to which record of the run's journal its outcomes are here.
CREATE TABLE journal_position (
  run INT PRIMARY KEY,
  outcomes BIGINT DEFAULT 0 NOT NULL
);

-- An account list belongs to a workspace of a run. Its number is place * 2^32 + run.
CREATE TABLE account_list (
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
CREATE TABLE snapshot_account (
  list BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  from_email VARCHAR,
  -- In lower case: mailboxes do not differ by case.
  address VARCHAR,
  pass INT NOT NULL,
  settings VARCHAR NOT NULL,
  -- As the first pass saw it, where a later one has seen it again.
  first_settings VARCHAR,
  PRIMARY KEY (list, account_id)
);
CREATE TABLE list_address (
  list BIGINT NOT NULL REFERENCES account_list ON DELETE CASCADE,
  address VARCHAR NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (list, address, account_id)
);

-- The processes that work here. A process holds an advisory lock on its number as long as it is connected.
CREATE TABLE work_session (
  id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  host VARCHAR NOT NULL,
  process BIGINT NOT NULL,
  started_at TIMESTAMPTZ DEFAULT clock_timestamp() NOT NULL,
  -- The application name of all its connections, by which they are ended with it; null once it has ended by itself.
  application VARCHAR,
  -- Once true, nothing that the process wants is done any more: it has ended, or others found its lock gone and took over.
  ended BOOLEAN DEFAULT FALSE NOT NULL
);

-- Whose accounts a process works on: two never work on those of one.
CREATE TABLE workspace_claim (
  target VARCHAR NOT NULL,
  key_hash VARCHAR(64) NOT NULL,
  session INT NOT NULL REFERENCES work_session,
  PRIMARY KEY (target, key_hash)
);
CREATE INDEX workspace_claim_session ON workspace_claim (session);

-- The journals of the runs, from which everything about rows is made.
CREATE TABLE journal (
  run INT PRIMARY KEY,
  -- How many records it has: their positions are 1 to this.
  length BIGINT NOT NULL,
  -- Who may append.
  session INT NOT NULL REFERENCES work_session
);
CREATE TABLE journal_record (
  run INT NOT NULL,
  position BIGINT NOT NULL,
  kind SMALLINT NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (run, position)
);

-- The files of the runs: input, results, reports.
CREATE TABLE run_file (
  run INT NOT NULL,
  name VARCHAR NOT NULL,
  -- SHA-256 of the bytes; null where the run has the file no longer, so that copies of it are deleted.
  fingerprint CHAR(64),
  bytes BIGINT NOT NULL,
  PRIMARY KEY (run, name)
);
CREATE TABLE run_file_part (
  run INT NOT NULL,
  name VARCHAR NOT NULL,
  part INT NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (run, name, part),
  FOREIGN KEY (run, name) REFERENCES run_file ON DELETE CASCADE
);

-- Calls that count against the limits of a key, whichever process makes them.
CREATE TABLE permit (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Whose limit they count against: a hash of key and target.
  caller CHAR(16) NOT NULL,
  session INT NOT NULL,
  -- When the server has counted the call at the latest: its end, or while it is under way, the last moment at which it could arrive.
  counted_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX permit_of_caller ON permit (caller, counted_at);
