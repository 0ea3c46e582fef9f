-- Note the difference $2 that the running replay $1 found, both sides standing at position $3; no row if it was ended.
UPDATE log.replays SET difference = $2::jsonb, position = $3, head = greatest(head, $3)
WHERE subject_id = 0 AND id = $1 AND state = 'running'
RETURNING id
