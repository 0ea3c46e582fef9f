-- End the running batch $1 in state $2, with an error ($3) or null.
UPDATE log.batches SET state = $2, error = $3, ended_at = clock_timestamp()
WHERE subject_id = 0 AND id = $1 AND state = 'running'
RETURNING id
