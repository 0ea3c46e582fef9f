-- Read up to $3 events with positions above $1 and up to $2, in order, each with its tool's slug (null for
-- another subject's) and its standing at position $4; times as text, for Python cannot tell all of them. Null asks
-- for nothing: $5 subject id of a tool and $6 its slug, $7 type, $8 pseudonym of a voter, $9 id of a batch of rulings.
-- A tool's own stream begins with its listing.
-- Of a tool there are its own events, the preferences about it, and the rulings on those.
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
    (
        SELECT * FROM log.events
        WHERE position > $1 AND position <= $2
          AND ($5::bigint IS NULL OR subject_id = $5)
          AND ($7::text IS NULL OR type = $7)
          AND ($8::uuid IS NULL OR (
              actor_id = $8 AND type IN ('VoteCast', 'VoteWithdrawn')
              AND subject_id IN (SELECT subject_id FROM log.events WHERE type = 'ToolListed')))
          AND ($9::text IS NULL OR (
              type IN ('EventRetracted', 'EventReinstated') AND data ->> 'batch' = $9))
        ORDER BY position LIMIT $3
    )
    UNION ALL
    (
        SELECT * FROM log.events
        WHERE position > $1 AND position <= $2 AND type IN ('PreferenceCast', 'PreferenceWithdrawn')
          AND ($6::text IS NOT NULL OR $8::uuid IS NOT NULL) AND $9::text IS NULL
          AND ($6::text IS NULL OR data ->> 'left' = $6 OR data ->> 'right' = $6)
          AND ($7::text IS NULL OR type = $7)
          AND ($8::uuid IS NULL OR actor_id = $8)
        ORDER BY position LIMIT $3
    )
    UNION ALL
    (
        SELECT * FROM log.events AS ruling
        WHERE position > $1 AND position <= $2 AND type IN ('EventRetracted', 'EventReinstated')
          AND $6::text IS NOT NULL AND $8::uuid IS NULL
          AND EXISTS (
              SELECT FROM log.events AS preference
              WHERE preference.subject_id = ruling.subject_id AND preference.actor_id = ruling.actor_id
                AND preference.type IN ('PreferenceCast', 'PreferenceWithdrawn')
                AND (preference.data ->> 'left' = $6 OR preference.data ->> 'right' = $6))
          AND ($7::text IS NULL OR type = $7)
          AND ($9::text IS NULL OR data ->> 'batch' = $9)
        ORDER BY position LIMIT $3
    )
    ORDER BY position LIMIT $3
) AS event
LEFT JOIN log.events AS listing
  ON listing.subject_id = event.subject_id AND listing.actor_id = '00000000-0000-0000-0000-000000000000'
 AND listing.version = 1 AND listing.type = 'ToolListed'
ORDER BY event.position
