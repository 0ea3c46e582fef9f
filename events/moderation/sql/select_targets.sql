-- Read up to $3 targets of the batch $1 behind position $2, in order. Leans on targets_batch.
SELECT subject_id, actor_id, position FROM log.targets WHERE batch = $1 AND position > $2 ORDER BY position LIMIT $3
