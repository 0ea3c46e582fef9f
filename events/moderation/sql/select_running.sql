-- Read the batches that are not at their end, oldest first. Leans on batches_running.
SELECT id FROM log.batches WHERE state = 'running' ORDER BY created_at
