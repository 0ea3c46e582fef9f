-- Read up to $3 batches, newest first: the one with id $1 (null: all), created before $2 (null: from the newest).
SELECT id, action, selection, reverts, reason, note, moderator, fingerprint, created_at, head, as_of, matched, state,
       reached, error, ended_at,
       (SELECT count(*) FROM log.events
        WHERE type IN ('EventRetracted', 'EventReinstated') AND data ->> 'batch' = batch.id::text) AS applied,
       (SELECT count(*) FROM log.targets
        WHERE targets.batch = batch.id AND targets.position <= batch.reached) AS looked_at
FROM log.batches AS batch
WHERE subject_id = 0 AND ($1::uuid IS NULL OR id = $1)
  AND ($2::timestamptz IS NULL OR created_at < $2)
ORDER BY created_at DESC LIMIT $3
