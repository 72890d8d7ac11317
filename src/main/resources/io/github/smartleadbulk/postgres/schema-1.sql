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
  -- Up to which record the totals of the run are those of the journal, if a process was killed.
  recovered BIGINT DEFAULT 0 NOT NULL,
  -- Who has the run. It may append, and so may those that send parts of the run for it.
  session INT NOT NULL REFERENCES work_session
);
CREATE TABLE journal_record (
  run INT NOT NULL,
  position BIGINT NOT NULL,
  kind SMALLINT NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (run, position)
);

-- Workspaces of a run that another process can send for the one that has the run.
CREATE TABLE run_part (
  run INT NOT NULL,
  part INT NOT NULL,
  -- The process that has the run. What is left of others before it means nothing.
  owner INT NOT NULL,
  -- Which workspaces, by their places in the run.
  places INT[] NOT NULL,
  -- The process that sends them; null while nobody does.
  session INT,
  -- Whether that process should end.
  end_asked BOOLEAN DEFAULT FALSE NOT NULL,
  -- Whether it has ended, and has given the workspaces back.
  is_over BOOLEAN DEFAULT FALSE NOT NULL,
  PRIMARY KEY (run, part)
);
CREATE INDEX run_part_session ON run_part (session);

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

-- Calls that count against the limits of a key, whichever process makes them. A call has a permit before it is sent.
CREATE TABLE permit (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Whose limits they are: a hash of key and target.
  caller CHAR(16) NOT NULL,
  session INT NOT NULL,
  -- When the API has counted the call at the latest: when it ended, or while it is in flight, the last moment at which it could arrive.
  counted_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX permit_of_caller ON permit (caller, counted_at);

-- The queue of db-scheduler: runs that wait for a worker, and schedules.
CREATE TABLE scheduled_tasks (
  task_name TEXT NOT NULL,
  task_instance TEXT NOT NULL,
  task_data BYTEA,
  execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
  picked BOOLEAN NOT NULL,
  picked_by TEXT,
  last_success TIMESTAMP WITH TIME ZONE,
  last_failure TIMESTAMP WITH TIME ZONE,
  consecutive_failures INT,
  last_heartbeat TIMESTAMP WITH TIME ZONE,
  version BIGINT NOT NULL,
  priority SMALLINT,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);

-- Runs that somebody has asked to stop, until they are taken up again.
CREATE TABLE run_stop (
  run INT PRIMARY KEY,
  asked_at TIMESTAMPTZ DEFAULT clock_timestamp() NOT NULL
);

-- Grants as many permits as are wanted and as every window has room for, now or soon. Only the clock of this server counts.
--   calls, lengths: the windows of whoever asks, in milliseconds. They count the permits of all.
--   life: milliseconds from now in which a call could arrive.
--   kept: milliseconds for which anybody may want to count a permit.
--   ahead: milliseconds. A permit whose time will come in less is granted before its time, so nobody has to hurry then.
-- The lock makes one decision of a caller wait for the commit of the one before. In READ COMMITTED, the statements after it see that commit.
-- Returns, with times in microseconds:
--   granted: the permits; null if the session has ended.
--   usable_after, for_window: for each permit, its time and the window that makes it wait; 0 and null for now.
--   full_window: which window (from 1) has no room for the next permit; null if there are as many as wanted.
--   room_after: when it has room; null if that depends on the end of a call.
--   look_after: when it makes sense to ask again.
CREATE FUNCTION take_permits(
  for_caller CHAR, for_session INT, wanted INT, calls INT[], lengths BIGINT[], life BIGINT, kept BIGINT, ahead BIGINT, lock_space INT, lock_number INT,
  OUT granted BIGINT[], OUT usable_after BIGINT[], OUT for_window INT[], OUT full_window INT, OUT room_after BIGINT, OUT look_after BIGINT)
LANGUAGE plpgsql AS $$
DECLARE
  ms CONSTANT INTERVAL := INTERVAL '1 millisecond';
  -- Clocks run at different speeds, and servers cut times to milliseconds.
  margin CONSTANT INTERVAL := 5 * ms;
  -- Permits in flight of other sessions end, or are given back, at any time.
  longest_look CONSTANT INTERVAL := 100 * ms;
  present TIMESTAMPTZ;
  room INT := wanted;
  in_the_way TIMESTAMPTZ;
  opens TIMESTAMPTZ;
  latest TIMESTAMPTZ;
  is_known BOOLEAN;
  all_known BOOLEAN;
  added BIGINT;
BEGIN
  PERFORM pg_advisory_xact_lock(lock_space, lock_number);
  present := clock_timestamp();
  IF NOT EXISTS (SELECT 1 FROM work_session s WHERE s.id = for_session AND NOT s.ended) THEN
    RETURN;
  END IF;
  FOR i IN 1 .. cardinality(calls) LOOP
    room := least(room, calls[i] - (
      SELECT count(*) FROM permit p WHERE p.caller = for_caller AND p.counted_at > present - lengths[i] * ms - margin));
  END LOOP;
  room := greatest(room, 0);
  WITH now_added AS (
    INSERT INTO permit (caller, session, counted_at)
    SELECT for_caller, for_session, present + life * ms FROM generate_series(1, room) RETURNING id)
  SELECT coalesce(array_agg(id), '{}') INTO granted FROM now_added;
  usable_after := array_fill(0::BIGINT, ARRAY[room]);
  for_window := array_fill(NULL::INT, ARRAY[room]);
  LOOP
    EXIT WHEN cardinality(granted) >= wanted;
    latest := present;
    all_known := TRUE;
    FOR i IN 1 .. cardinality(calls) LOOP
      -- The next permit has room when this one no longer counts. A call in flight ends now at the earliest.
      SELECT p.counted_at INTO in_the_way FROM permit p
      WHERE p.caller = for_caller ORDER BY p.counted_at DESC OFFSET calls[i] - 1 LIMIT 1;
      opens := least(in_the_way, present) + lengths[i] * ms + margin;
      IF in_the_way IS NOT NULL AND opens > latest THEN
        latest := opens;
        full_window := i;
        is_known := in_the_way <= present;
      END IF;
      IF in_the_way > present THEN
        all_known := FALSE;
      END IF;
    END LOOP;
    EXIT WHEN NOT all_known OR latest > present + ahead * ms;
    INSERT INTO permit (caller, session, counted_at) VALUES (for_caller, for_session, present + life * ms) RETURNING id INTO added;
    granted := granted || added;
    usable_after := usable_after || ceil(extract(EPOCH FROM latest - present) * 1000000)::BIGINT;
    for_window := for_window || full_window;
    full_window := NULL;
  END LOOP;
  IF cardinality(granted) > 0 THEN
    -- Removes more than it adds, so the table does not grow for ever.
    DELETE FROM permit WHERE id IN (
      SELECT p.id FROM permit p WHERE p.caller = for_caller AND p.counted_at < present - kept * ms
      ORDER BY p.counted_at LIMIT 2 * cardinality(granted));
  END IF;
  IF cardinality(granted) >= wanted THEN
    RETURN;
  END IF;
  IF is_known THEN
    room_after := ceil(extract(EPOCH FROM latest - present) * 1000000);
  END IF;
  IF all_known THEN
    latest := latest - ahead * ms;
  END IF;
  IF EXISTS (SELECT 1 FROM permit p WHERE p.caller = for_caller AND p.counted_at > present AND p.session <> for_session) THEN
    latest := least(latest, present + longest_look);
  END IF;
  look_after := ceil(extract(EPOCH FROM latest - present) * 1000000);
END
$$;
