-- The truth is in the journals of the runs; what is here is made from them.
CREATE TABLE IF NOT EXISTS journal_position (
  run INT PRIMARY KEY,
  -- Up to which byte of the run's journal its outcomes are here.
  outcomes BIGINT DEFAULT 0 NOT NULL,
  -- The same of its calls.
  calls BIGINT DEFAULT 0 NOT NULL
);

-- The counts are of all outcomes of the run that are here.
DELETE FROM run_count;
INSERT INTO run_count SELECT r.id, o.status, COUNT(*) FROM run r
  JOIN outcome o ON o.run_row > r.id * 1099511627776 AND o.run_row < (r.id + 1) * 1099511627776 GROUP BY r.id, o.status;
