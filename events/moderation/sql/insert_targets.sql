-- Note which events a selection means, as targets of the batch $1. `targets` is the temporary table of that
-- name if there is one, which is how a preview looks without writing; else the search path says log.targets.
-- $2 and $3 bound the positions (above, up to), $4 the types; null asks for nothing: $5 subject id of a tool and $6 its
-- slug, $7 pseudonym of a voter, $8 positions. Plans are made for the values at hand: the primary key serves a tool
-- or a voter (on every tool there is), events_left, events_right and events_preferrers their preferences, and
-- events_position the rest.
INSERT INTO targets (subject_id, batch, position, actor_id, version, type, value, anonymous)
SELECT subject_id, $1::uuid, position, actor_id, version, type, log.choice_of(data), data ? 'anonymous'
FROM log.events
WHERE position > $2 AND position <= $3 AND type = ANY ($4::text[])
  AND type NOT IN ('PreferenceCast', 'PreferenceWithdrawn')
  AND ($5::bigint IS NULL OR subject_id = $5)
  AND ($7::uuid IS NULL OR (
      actor_id = $7 AND subject_id IN (SELECT subject_id FROM log.events WHERE type = 'ToolListed')))
  AND ($8::bigint[] IS NULL OR position = ANY ($8))
UNION ALL
SELECT subject_id, $1::uuid, position, actor_id, version, type, log.choice_of(data), data ? 'anonymous'
FROM log.events
WHERE position > $2 AND position <= $3 AND type = ANY ($4::text[])
  AND type IN ('PreferenceCast', 'PreferenceWithdrawn')
  AND ($6::text IS NULL OR data ->> 'left' = $6 OR data ->> 'right' = $6)
  AND ($7::uuid IS NULL OR actor_id = $7)
  AND ($8::bigint[] IS NULL OR position = ANY ($8))
