-- Read the replays that are going on and rebuild any of the models $1, oldest first. Leans on replays_going_on.
SELECT id, models, dry_run, moderator, created_at, state, position, head, rate, difference, error, ended_at
FROM log.replays
WHERE state IN ('running', 'ready') AND models && $1::text[]
ORDER BY created_at
