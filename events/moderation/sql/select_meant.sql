-- Find the events that a selection means, as targets of the batch $1, for statements that read them as `meant`.
-- $2 and $3 bound the positions (above, up to), $4 the types; null asks for nothing: $5 subject id of a tool and $6 its
-- slug, $7 pseudonym of a voter, $8 positions. The parts, in order: positions; events of anybody except preferences;
-- a voter's ballots on all tools; preferences.
-- Plans are made for the values at hand. Leans on events_position; on the primary key for a tool; on events_types for
-- rare types, and for the tools of a voter's ballots; on events_left, events_right and events_preferrers.
SELECT $1::uuid AS batch, subject_id, actor_id, version, position, type, data FROM log.events
WHERE position = ANY ($8::bigint[]) AND position <= $3 AND type = ANY ($4::text[])
UNION ALL
SELECT $1::uuid, subject_id, actor_id, version, position, type, data FROM log.events
WHERE position > $2 AND position <= $3 AND type = ANY ($4::text[]) AND $7::uuid IS NULL AND $8::bigint[] IS NULL
  AND type NOT IN ('PreferenceCast', 'PreferenceWithdrawn')
  AND NOT $4::text[] <@ '{PreferenceCast,PreferenceWithdrawn}'
  AND ($5::bigint IS NULL OR subject_id = $5)
UNION ALL
SELECT $1::uuid, ballot.subject_id, ballot.actor_id, ballot.version, ballot.position, ballot.type, ballot.data
FROM (
    SELECT DISTINCT subject_id FROM log.events
    WHERE type = 'ToolListed' AND ($5::bigint IS NULL OR subject_id = $5)
) AS tool
JOIN log.events AS ballot ON ballot.subject_id = tool.subject_id AND ballot.actor_id = $7
WHERE ballot.position > $2 AND ballot.position <= $3 AND ballot.type = ANY ($4::text[])
  AND NOT $4::text[] <@ '{PreferenceCast,PreferenceWithdrawn}'
UNION ALL
SELECT $1::uuid, subject_id, actor_id, version, position, type, data FROM log.events
WHERE position > $2 AND position <= $3 AND type = ANY ($4::text[]) AND $8::bigint[] IS NULL
  AND type IN ('PreferenceCast', 'PreferenceWithdrawn')
  AND ($6::text IS NULL OR data ->> 'left' = $6 OR data ->> 'right' = $6)
  AND ($7::uuid IS NULL OR actor_id = $7)
