-- Note that the running replay $1 makes its tables; no row if it has them, or was ended.
UPDATE log.replays SET begun_at = clock_timestamp()
WHERE subject_id = 0 AND id = $1 AND state = 'running' AND begun_at IS NULL
RETURNING id
