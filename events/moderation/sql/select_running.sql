-- Read the batches that have not ended, oldest first. Leans on batches_running.
SELECT id FROM log.batches WHERE state = 'running' ORDER BY created_at
