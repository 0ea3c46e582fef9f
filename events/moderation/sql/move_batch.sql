-- Note that the running batch $1 has ruled up to the target at position $2; no row if it has ended.
UPDATE log.batches SET reached = greatest(reached, $2) WHERE subject_id = 0 AND id = $1 AND state = 'running'
RETURNING id
