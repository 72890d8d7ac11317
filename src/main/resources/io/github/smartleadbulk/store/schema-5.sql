-- Why the list could not be read whole, though to its end; null if it was, or is not read yet. Rows whose accounts were not seen say so.
ALTER TABLE snapshot ADD COLUMN IF NOT EXISTS fault VARCHAR;
