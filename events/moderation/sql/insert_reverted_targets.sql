-- Note the events that the batch $2 ruled on up to position $3, as targets of the batch $1; `targets` as in
-- insert_targets. Leans on events_batch, and on the events' primary key within a stream.
INSERT INTO targets (subject_id, batch, position, actor_id, version, type, value, anonymous)
SELECT event.subject_id, $1::uuid, event.position, event.actor_id, event.version, event.type,
       log.choice_of(event.data), event.data ? 'anonymous'
FROM log.events AS ruling
JOIN log.events AS event
  ON event.subject_id = ruling.subject_id AND event.actor_id = ruling.actor_id
 AND event.position = (ruling.data ->> 'target')::bigint
WHERE ruling.type IN ('EventRetracted', 'EventReinstated') AND ruling.data ->> 'batch' = $2::text
  AND ruling.position <= $3
