-- Find the first $3 rulings with positions above $1 and up to $2 on preferences between the tool $4, a slug, and
-- others, in order, or with DESC for {direction} the last ones, newest first. Null asks for nothing: $5 type, $6 id of a batch.
-- A ruling does not name its tools; the first event of its stream does. So up to $7 rulings are each looked at. If
-- there are more in the range, the search starts from the streams with a preference about this tool.
-- Leans on events_rare or events_batch, and on the primary key; else on events_left, events_right and events_rulings.
WITH ruled AS MATERIALIZED (
    SELECT subject_id, actor_id, position FROM log.events
    WHERE position > $1 AND position <= $2 AND type IN ('EventRetracted', 'EventReinstated')
      AND ($5::text IS NULL OR type = $5)
      AND ($6::text IS NULL OR data ->> 'batch' = $6)
    ORDER BY position {direction} LIMIT $7 + 1
)
SELECT ruled.position
FROM ruled
JOIN log.events AS preference
  ON preference.subject_id = ruled.subject_id AND preference.actor_id = ruled.actor_id AND preference.version = 1
WHERE (SELECT count(*) FROM ruled) <= $7
  AND preference.type IN ('PreferenceCast', 'PreferenceWithdrawn')
  AND (preference.data ->> 'left' = $4 OR preference.data ->> 'right' = $4)
UNION ALL
SELECT ruling.position
FROM (
    SELECT subject_id, actor_id FROM log.events
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn') AND data ->> 'left' = $4 AND position <= $2
      AND (SELECT count(*) FROM ruled) > $7
    UNION
    SELECT subject_id, actor_id FROM log.events
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn') AND data ->> 'right' = $4 AND position <= $2
      AND (SELECT count(*) FROM ruled) > $7
) AS stream
JOIN log.events AS ruling ON ruling.subject_id = stream.subject_id AND ruling.actor_id = stream.actor_id
WHERE ruling.position > $1 AND ruling.position <= $2 AND ruling.type IN ('EventRetracted', 'EventReinstated')
  AND ($5::text IS NULL OR ruling.type = $5)
  AND ($6::text IS NULL OR ruling.data ->> 'batch' = $6)
ORDER BY position {direction} LIMIT $3
