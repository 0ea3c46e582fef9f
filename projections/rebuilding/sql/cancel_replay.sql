-- Cancel the replay $1; no row if it had ended.
UPDATE log.replays SET state = 'cancelled', swaps = false, ended_at = clock_timestamp()
WHERE subject_id = 0 AND id = $1 AND state IN ('running', 'ready')
RETURNING id
