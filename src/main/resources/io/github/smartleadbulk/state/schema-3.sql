-- The counts are of a run's first rows now, those that have ended without a gap; of runs that did not finish they were of all.
DELETE FROM run_count WHERE run IN (SELECT id FROM run WHERE status <> 'FINISHED');
