-- Note that the subjects up to $1 are checked, that $2 rounds more are complete, and that $3 subjects differed.
UPDATE checks
SET reached = $1, rounds = rounds + $2, drift = drift + $3,
    round_at = CASE WHEN $2 > 0 THEN clock_timestamp() ELSE round_at END,
    drift_at = CASE WHEN $3 > 0 THEN clock_timestamp() ELSE drift_at END
WHERE subject_id = 0
