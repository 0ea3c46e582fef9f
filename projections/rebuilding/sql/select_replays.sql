-- Read up to $3 replays, newest first: the one with id $1 (null: all), created before $2 (null: from the newest).
SELECT id, models, dry_run, moderator, created_at, state, position, head, rate, difference, error, ended_at
FROM log.replays
WHERE subject_id = 0 AND ($1::uuid IS NULL OR id = $1)
  AND ($2::timestamptz IS NULL OR created_at < $2)
ORDER BY created_at DESC LIMIT $3
