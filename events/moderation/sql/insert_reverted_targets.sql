-- Note the events that the batch $2 ruled on up to position $3, as targets of the batch $1; `targets` as in
-- insert_targets. Leans on events_batch.
INSERT INTO targets (subject_id, batch, position, actor_id)
SELECT subject_id, $1::uuid, (data ->> 'target')::bigint, actor_id
FROM log.events
WHERE type IN ('EventRetracted', 'EventReinstated') AND data ->> 'batch' = $2::text AND position <= $3
