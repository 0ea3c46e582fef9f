-- Find the first $3 events with positions above $1 and up to $2 that are about the tool with subject id $4 and slug $5,
-- in order: its own, and the preferences between it and others. Rulings on those are select_tool_rulings.sql's.
-- Null asks for nothing: $6 type, $7 id of a batch of rulings.
-- Leans on the primary key, or on events_position for a tool with much to find; on events_left and events_right.
(
    SELECT position FROM log.events
    WHERE subject_id = $4 AND position > $1 AND position <= $2
      AND ($6::text IS NULL OR (type = $6 AND $6 NOT IN ('PreferenceCast', 'PreferenceWithdrawn')))
      AND ($7::text IS NULL OR (type IN ('EventRetracted', 'EventReinstated') AND data ->> 'batch' = $7))
    ORDER BY position LIMIT $3
)
UNION ALL
(
    SELECT position FROM log.events
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn') AND data ->> 'left' = $5
      AND position > $1 AND position <= $2 AND $7::text IS NULL
      AND ($6::text IS NULL OR (type = $6 AND $6 IN ('PreferenceCast', 'PreferenceWithdrawn')))
    ORDER BY position LIMIT $3
)
UNION ALL
(
    SELECT position FROM log.events
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn') AND data ->> 'right' = $5
      AND data ->> 'left' IS DISTINCT FROM $5
      AND position > $1 AND position <= $2 AND $7::text IS NULL
      AND ($6::text IS NULL OR (type = $6 AND $6 IN ('PreferenceCast', 'PreferenceWithdrawn')))
    ORDER BY position LIMIT $3
)
ORDER BY position LIMIT $3
