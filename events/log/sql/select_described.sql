-- Read up to $3 events with positions above $1 and up to $2, in order, each with its tool's slug (null for
-- another subject's) and whether a later event of its stream stood at position $4. A tool's own stream begins
-- with its listing. Leans on events_position, and on the primary key for the listing and the successor.
SELECT event.position, event.actor_id, event.recorded_at, event.occurred_at, event.schema, event.type, event.data,
       listing.data ->> 'slug' AS tool, next.position <= $4 AS superseded
FROM (
    SELECT * FROM log.events WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3
) AS event
LEFT JOIN log.events AS listing
  ON listing.subject_id = event.subject_id AND listing.actor_id = '00000000-0000-0000-0000-000000000000'
 AND listing.version = 1 AND listing.type = 'ToolListed'
LEFT JOIN log.events AS next
  ON next.subject_id = event.subject_id AND next.actor_id = event.actor_id AND next.version = event.version + 1
ORDER BY event.position
