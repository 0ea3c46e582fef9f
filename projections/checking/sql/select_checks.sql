-- Read which subject was checked last, how often all were, and how many were found to differ from the log.
SELECT reached, rounds, drift FROM checks WHERE subject_id = 0
