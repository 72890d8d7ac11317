-- The workspace of the account: ids are told apart by it. Older rows have the only one that there was.
ALTER TABLE outcome ADD COLUMN IF NOT EXISTS workspace VARCHAR DEFAULT 'default' NOT NULL;
-- The id comes first, because H2 uses only the first column of an index for a list of ids.
CREATE INDEX IF NOT EXISTS outcome_of_workspace_account ON outcome (account_id, workspace);
DROP INDEX IF EXISTS outcome_of_account;
