-- Find the first event up to position $2 that took the place of the one at position $1 in its stream and counts.
-- select_described.sql defines which event takes whose place. Leans on events_position, and on the primary key and
-- events_rulings within the stream.
SELECT later.position
FROM log.events AS event
JOIN log.events AS later ON later.subject_id = event.subject_id AND later.actor_id = event.actor_id
WHERE event.position = $1 AND later.version > event.version AND later.position <= $2
  AND CASE
      WHEN event.type IN ('EventRetracted', 'EventReinstated') THEN later.data ->> 'target' = event.data ->> 'target'
      ELSE later.type NOT IN ('EventRetracted', 'EventReinstated') AND (
          SELECT ruling.type FROM log.events AS ruling
          WHERE ruling.subject_id = later.subject_id AND ruling.actor_id = later.actor_id
            AND ruling.version > later.version AND ruling.position <= $2
            AND ruling.type IN ('EventRetracted', 'EventReinstated')
            AND ruling.data ->> 'target' = later.position::text
          ORDER BY ruling.version DESC LIMIT 1
      ) IS DISTINCT FROM 'EventRetracted'
  END
ORDER BY later.version LIMIT 1
