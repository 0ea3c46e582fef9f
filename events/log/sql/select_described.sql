-- Read the events at the positions $1, in order, each with its tool's slug (null for another subject's) and its standing
-- at position $2; times as text, since Python cannot represent all of them. A tool's own stream begins with its listing.
-- Leans on events_position; and, for listing and standing, on the primary key within the event's stream.
SELECT event.position, event.actor_id, event.schema, event.type, event.data,
       coalesce(to_char(event.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                event.recorded_at::text) AS recorded_at,
       coalesce(to_char(event.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                event.occurred_at::text) AS occurred_at,
       listing.data ->> 'slug' AS tool,
       CASE
           WHEN (
               SELECT ruling.type FROM log.events AS ruling
               WHERE ruling.subject_id = event.subject_id AND ruling.actor_id = event.actor_id
                 AND ruling.version > event.version AND ruling.position <= $2
                 AND ruling.type IN ('EventRetracted', 'EventReinstated')
                 AND ruling.data ->> 'target' = event.position::text
               ORDER BY ruling.version DESC LIMIT 1
           ) = 'EventRetracted' THEN 'retracted'
           WHEN EXISTS (
               SELECT FROM log.events AS later
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
           ) THEN 'superseded'
           ELSE 'counts'
       END AS standing
FROM log.events AS event
LEFT JOIN log.events AS listing
  ON listing.subject_id = event.subject_id AND listing.actor_id = '00000000-0000-0000-0000-000000000000'
 AND listing.version = 1 AND listing.type = 'ToolListed'
WHERE event.position = ANY ($1::bigint[])
ORDER BY event.position
