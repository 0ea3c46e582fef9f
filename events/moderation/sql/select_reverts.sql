-- Read the ids of up to $2 batches that take the batch $1 back, oldest first. There are few batches: all are looked at.
SELECT id FROM log.batches WHERE subject_id = 0 AND reverts = $1 ORDER BY created_at LIMIT $2
