-- Read up to $3 events with positions above $1 and up to $2, in order. Leans on events_position.
SELECT subject_id, position, recorded_at, occurred_at, version, schema, type, actor_id, data
FROM log.events WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3
