-- Read up to $3 targets of the batch $1 behind position $2, in order, each with the position of the batch's ruling
-- on it, null if there is none. Leans on targets_batch, and on the events' primary key within the target's stream.
SELECT target.position, ruling.position AS ruled_at
FROM (SELECT * FROM log.targets WHERE batch = $1 AND position > $2 ORDER BY position LIMIT $3) AS target
LEFT JOIN log.events AS ruling
  ON ruling.subject_id = target.subject_id AND ruling.actor_id = target.actor_id
 AND ruling.type IN ('EventRetracted', 'EventReinstated')
 AND ruling.data ->> 'batch' = $1::text AND ruling.data ->> 'target' = target.position::text
ORDER BY target.position
