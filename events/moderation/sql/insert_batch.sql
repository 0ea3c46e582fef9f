-- Order the batch $1: $2 action, $3 selection, $4 the batch it reverts or null, $5 reason, $6 note, $7 moderator,
-- $8 fingerprint of the request, $9 head, $10 the position behind which others' rulings are left alone, or null. Its targets
-- were noted before; without any it is done at once. Returns how many there are.
INSERT INTO log.batches
    (id, action, selection, reverts, reason, note, moderator, fingerprint, head, as_of, matched, state, ended_at)
SELECT $1, $2, $3::jsonb, $4::uuid, $5, $6, $7, $8, $9, $10::bigint, matched,
       CASE WHEN matched = 0 THEN 'done' ELSE 'running' END,
       CASE WHEN matched = 0 THEN clock_timestamp() END
FROM (SELECT count(*) AS matched FROM log.targets WHERE batch = $1) AS counted
RETURNING matched
