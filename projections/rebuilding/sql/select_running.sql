-- Read the replays that a worker should be running, oldest first. Leans on replays_going_on.
SELECT id FROM log.replays WHERE state = 'running' ORDER BY created_at
