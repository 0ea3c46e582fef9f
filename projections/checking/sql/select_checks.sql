-- Read which subject was checked last, how often all were and when last, and how many were found to differ from the log
-- and when last.
SELECT reached, rounds, round_at, drift, drift_at FROM checks WHERE subject_id = 0
