RUNSCRIPT FROM 'classpath:org/springframework/batch/core/schema-h2.sql';

-- Numbers are not given twice, even when runs are pruned.
CREATE SEQUENCE run_number START WITH 1 NO CACHE;

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
  origin INT
);
CREATE INDEX run_of_input ON run (fingerprint, target, key_hash);

-- How the run reads its input: whoever resumes it reads it the same way.
CREATE TABLE run_option (
  run INT NOT NULL REFERENCES run ON DELETE CASCADE,
  name VARCHAR(40) NOT NULL,
  option_value VARCHAR NOT NULL,
  PRIMARY KEY (run, name)
);

-- Rows of one account, found by the inspect step.
CREATE TABLE duplicate_row (
  run INT NOT NULL REFERENCES run ON DELETE CASCADE,
  row_no BIGINT NOT NULL,
  line BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (run, row_no)
);

-- The journal. run_row is run * 2^40 + row: one number is one B-tree, and half the writing of a key of two columns.
CREATE TABLE outcome (
  run_row BIGINT PRIMARY KEY,
  line BIGINT NOT NULL,
  account_id BIGINT,
  status VARCHAR(12) NOT NULL,
  changed_fields VARCHAR NOT NULL,
  http_status INT,
  attempts INT NOT NULL,
  message VARCHAR NOT NULL,
  finished_at BIGINT
);
-- What was asked of an account, over all runs.
CREATE INDEX outcome_of_account ON outcome (account_id);

-- Those of them that somebody has to look at: few, and found without reading all the others.
CREATE TABLE attention (
  attention_row BIGINT PRIMARY KEY
);

-- How many rows of a run ended how, when its last process ended: counting a million takes seconds.
CREATE TABLE run_count (
  run INT NOT NULL REFERENCES run ON DELETE CASCADE,
  status VARCHAR(12) NOT NULL,
  rows_ended BIGINT NOT NULL,
  PRIMARY KEY (run, status)
);

-- Calls that were sent, for the limits of the next process; old ones go.
CREATE TABLE api_call (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Whose limit they count against: a hash of key and target.
  caller CHAR(16) NOT NULL,
  called_at BIGINT NOT NULL
);
