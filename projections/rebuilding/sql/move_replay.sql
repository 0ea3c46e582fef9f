-- Note how far the running replay $1 is: $2 position, $3 head, $4 events a second (null: as before); no row if it was
-- ended.
UPDATE log.replays SET position = $2, head = greatest(head, $3), rate = coalesce($4, rate)
WHERE subject_id = 0 AND id = $1 AND state = 'running'
RETURNING id
