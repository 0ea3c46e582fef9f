-- Find the first $3 events with positions above $1 and up to $2 that are about the tool with subject id $4 and slug $5,
-- in order: its own, and the preferences between it and others. Rulings on those are select_tool_rulings.sql's.
-- With DESC for {direction}, find the last ones, newest first.
-- Null asks for nothing: $6 type, $7 id of a batch of rulings.
-- Up to $8 events of a tool are all read by the primary key, since they may be anywhere in the log. If there are more,
-- the first ones are near, so events_position leads to them. Preferences lean on events_left and events_right.
WITH counted AS MATERIALIZED (
    SELECT count(*) <= $8 AS are_few
    FROM (
        SELECT FROM log.events WHERE subject_id = $4 ORDER BY actor_id, version LIMIT $8 + 1
    ) AS own
),
few AS MATERIALIZED (
    SELECT position, type, data FROM log.events WHERE subject_id = $4 AND (SELECT are_few FROM counted)
)
(
    SELECT position FROM few
    WHERE position > $1 AND position <= $2
      AND ($6::text IS NULL OR (type = $6 AND $6 NOT IN ('PreferenceCast', 'PreferenceWithdrawn')))
      AND ($7::text IS NULL OR (type IN ('EventRetracted', 'EventReinstated') AND data ->> 'batch' = $7))
    ORDER BY position {direction} LIMIT $3
)
UNION ALL
(
    SELECT position FROM log.events
    WHERE subject_id = $4 AND position > $1 AND position <= $2 AND NOT (SELECT are_few FROM counted)
      AND ($6::text IS NULL OR (type = $6 AND $6 NOT IN ('PreferenceCast', 'PreferenceWithdrawn')))
      AND ($7::text IS NULL OR (type IN ('EventRetracted', 'EventReinstated') AND data ->> 'batch' = $7))
    ORDER BY position {direction} LIMIT $3
)
UNION ALL
(
    SELECT position FROM log.events
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn') AND data ->> 'left' = $5
      AND position > $1 AND position <= $2 AND $7::text IS NULL
      AND ($6::text IS NULL OR (type = $6 AND $6 IN ('PreferenceCast', 'PreferenceWithdrawn')))
    ORDER BY position {direction} LIMIT $3
)
UNION ALL
(
    SELECT position FROM log.events
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn') AND data ->> 'right' = $5
      AND data ->> 'left' IS DISTINCT FROM $5
      AND position > $1 AND position <= $2 AND $7::text IS NULL
      AND ($6::text IS NULL OR (type = $6 AND $6 IN ('PreferenceCast', 'PreferenceWithdrawn')))
    ORDER BY position {direction} LIMIT $3
)
ORDER BY position {direction} LIMIT $3
