-- Find the first $3 events with positions above $1 and up to $2, in order. Null asks for nothing: $4 type, $5 id of a
-- batch of rulings. With DESC for {direction}, find the last ones, newest first.
-- Leans on events_batch or events_types, and on events_position or events_preferences for the types
-- that events_types leaves out, which are many.
SELECT position FROM log.events
WHERE position > $1 AND position <= $2
  AND ($4::text IS NULL OR type = $4)
  AND ($5::text IS NULL OR (type IN ('EventRetracted', 'EventReinstated') AND data ->> 'batch' = $5))
ORDER BY position {direction} LIMIT $3
