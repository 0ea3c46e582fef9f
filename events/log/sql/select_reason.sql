-- Say why the event at position $1 stands as it does at position $2: by the last ruling on it, and by the first later event
-- of its stream that took its place and counts; null where there is none. What takes which place is as in
-- select_described.sql. Leans on events_position, and on events_rulings and the primary key within the stream.
SELECT (
           SELECT ruling.position FROM log.events AS ruling
           WHERE ruling.subject_id = event.subject_id AND ruling.actor_id = event.actor_id
             AND ruling.version > event.version AND ruling.position <= $2
             AND ruling.type IN ('EventRetracted', 'EventReinstated')
             AND ruling.data ->> 'target' = event.position::text
           ORDER BY ruling.version DESC LIMIT 1
       ) AS ruling,
       (
           SELECT later.position FROM log.events AS later
           WHERE later.subject_id = event.subject_id AND later.actor_id = event.actor_id
             AND later.version > event.version AND later.position <= $2
             AND CASE
                 WHEN event.type IN ('EventRetracted', 'EventReinstated')
                     THEN later.data ->> 'target' = event.data ->> 'target'
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
       ) AS successor
FROM log.events AS event
WHERE event.position = $1
