-- Note that the subjects up to $1 are checked, that $2 rounds more are complete, and that $3 subjects differed.
UPDATE checks SET reached = $1, rounds = rounds + $2, drift = drift + $3 WHERE subject_id = 0
