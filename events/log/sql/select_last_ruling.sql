-- Find the last ruling up to position $2 on the event at position $1. Leans on events_position, and on events_rulings
-- within the stream.
SELECT ruling.position
FROM log.events AS event
JOIN log.events AS ruling ON ruling.subject_id = event.subject_id AND ruling.actor_id = event.actor_id
WHERE event.position = $1 AND ruling.version > event.version AND ruling.position <= $2
  AND ruling.type IN ('EventRetracted', 'EventReinstated') AND ruling.data ->> 'target' = event.position::text
ORDER BY ruling.version DESC LIMIT 1
