-- Let the ready replay $1 run on and swap; no row if it is not ready.
UPDATE log.replays SET state = 'running', swaps = true, error = NULL
WHERE subject_id = 0 AND id = $1 AND state = 'ready'
RETURNING id
