-- Why the last process ended the run before its last row; null if it did not.
ALTER TABLE run ADD COLUMN IF NOT EXISTS stopped VARCHAR;
-- Milliseconds that all processes of the run have waited, a line such as "60/min=1500" for each cause.
ALTER TABLE run ADD COLUMN IF NOT EXISTS waited VARCHAR DEFAULT '' NOT NULL;
-- How many rows were sent first, read back and found right; 0 if there was no such check, or not yet.
ALTER TABLE run ADD COLUMN IF NOT EXISTS canary INT DEFAULT 0 NOT NULL;
