-- Order the replay $1: $2 models, $3 whether it stops before it swaps, $4 moderator, $5 fingerprint of the request.
INSERT INTO log.replays (id, models, dry_run, moderator, fingerprint, state, swaps, head)
SELECT $1, $2::text[], $3::boolean, $4, $5::bytea, 'running', NOT $3, position FROM log.head
