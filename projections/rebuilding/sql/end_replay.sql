-- Let the running replay $1 stop in state $2 ('ready' is the one that it may leave again), with an error ($3) or
-- null; no row if it was ended.
UPDATE log.replays
SET state = $2, swaps = false, error = $3, ended_at = CASE WHEN $2 <> 'ready' THEN clock_timestamp() END
WHERE subject_id = 0 AND id = $1 AND state = 'running'
RETURNING id
