-- Find the events above position $2 that the batch $4 ruled on up to position $3, as targets of the batch $1, for statements
-- that read them as `meant`. Leans on events_batch, and on the events' primary key within a stream.
SELECT $1::uuid AS batch, event.subject_id, event.actor_id, event.version, event.position, event.type, event.data
FROM log.events AS ruling
JOIN log.events AS event
  ON event.subject_id = ruling.subject_id AND event.actor_id = ruling.actor_id
 AND event.position = (ruling.data ->> 'target')::bigint
WHERE ruling.type IN ('EventRetracted', 'EventReinstated') AND ruling.data ->> 'batch' = $4::text
  AND ruling.position <= $3 AND event.position > $2
