-- Read the replays that somebody should be at work on, oldest first. Leans on replays_going_on.
SELECT id FROM log.replays WHERE state = 'running' ORDER BY created_at
