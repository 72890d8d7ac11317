-- The counts are of a run's first rows now, those that have ended without a gap; of runs that did not finish they were of all.
DELETE FROM run_count WHERE run IN (SELECT id FROM run WHERE status <> 'FINISHED');

-- Addresses come in no order, and an index that is kept up page by page costs gigabytes for a million accounts: they are put in at once,
-- sorted, and only for runs that look accounts up by address.
DROP INDEX IF EXISTS snapshot_address;
CREATE TABLE IF NOT EXISTS account_address (
  run INT NOT NULL REFERENCES snapshot ON DELETE CASCADE,
  address VARCHAR NOT NULL,
  account_id BIGINT NOT NULL,
  PRIMARY KEY (run, address, account_id)
);
ALTER TABLE snapshot ADD COLUMN IF NOT EXISTS has_addresses BOOLEAN DEFAULT FALSE NOT NULL;
DELETE FROM account_address;
INSERT INTO account_address SELECT run, address, account_id FROM snapshot_account WHERE address IS NOT NULL;
UPDATE snapshot SET has_addresses = TRUE;

-- Whether the run has found in it what it needs: who resumes the run need not go through a million accounts to find that again.
ALTER TABLE snapshot ADD COLUMN IF NOT EXISTS sufficient BOOLEAN DEFAULT FALSE NOT NULL;
