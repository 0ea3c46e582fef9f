-- Return those of the positions $2 that are not targets of the batch $1, in order. Leans on targets_batch.
SELECT position FROM unnest($2::bigint[]) AS asked (position)
EXCEPT SELECT position FROM log.targets WHERE batch = $1
ORDER BY position
