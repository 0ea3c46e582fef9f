-- Read the events above position $1 as they are stored, columns in the writer's order.
SELECT subject_id, position, recorded_at, occurred_at, version, schema, type, actor_id, data
FROM log.events WHERE position > $1 ORDER BY position
