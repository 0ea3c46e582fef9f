-- Read up to $3 events with positions above $1 and up to $2, in order, each with its tool's slug (null for
-- another subject's) and its standing at position $4; times as text, for Python cannot tell all of them. Null asks for nothing: $5 subject id of a tool, $6 type,
-- $7 pseudonym of a voter, $8 id of a batch of rulings. A tool's own stream begins with its listing.
-- Leans on events_position, or on the index that what is asked for has; and, for listing and standing, on the
-- primary key within the event's stream.
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
                 AND ruling.version > event.version AND ruling.position <= $4
                 AND ruling.type IN ('EventRetracted', 'EventReinstated')
                 AND ruling.data ->> 'target' = event.position::text
               ORDER BY ruling.version DESC LIMIT 1
           ) = 'EventRetracted' THEN 'retracted'
           WHEN EXISTS (
               SELECT FROM log.events AS later
               WHERE later.subject_id = event.subject_id AND later.actor_id = event.actor_id
                 AND later.version > event.version AND later.position <= $4
                 AND CASE
                     WHEN event.type IN ('EventRetracted', 'EventReinstated')
                         THEN later.data ->> 'target' = event.data ->> 'target'
                     ELSE later.type NOT IN ('EventRetracted', 'EventReinstated') AND (
                         SELECT ruling.type FROM log.events AS ruling
                         WHERE ruling.subject_id = later.subject_id AND ruling.actor_id = later.actor_id
                           AND ruling.version > later.version AND ruling.position <= $4
                           AND ruling.type IN ('EventRetracted', 'EventReinstated')
                           AND ruling.data ->> 'target' = later.position::text
                         ORDER BY ruling.version DESC LIMIT 1
                     ) IS DISTINCT FROM 'EventRetracted'
                 END
           ) THEN 'superseded'
           ELSE 'counts'
       END AS standing
FROM (
    SELECT * FROM log.events
    WHERE position > $1 AND position <= $2
      AND ($5::bigint IS NULL OR subject_id = $5)
      AND ($6::text IS NULL OR type = $6)
      AND ($7::uuid IS NULL OR (
          actor_id = $7 AND type IN ('VoteCast', 'VoteWithdrawn')
          AND subject_id IN (SELECT subject_id FROM log.events WHERE type = 'ToolListed')))
      AND ($8::text IS NULL OR (
          type IN ('EventRetracted', 'EventReinstated') AND data ->> 'batch' = $8))
    ORDER BY position LIMIT $3
) AS event
LEFT JOIN log.events AS listing
  ON listing.subject_id = event.subject_id AND listing.actor_id = '00000000-0000-0000-0000-000000000000'
 AND listing.version = 1 AND listing.type = 'ToolListed'
ORDER BY event.position
