-- Read the events above position $1 as they are stored, columns in the writer's order.
SELECT subject_id, actor_id, version, position, recorded_at, previous, occurred_at, schema, type, data
FROM log.events WHERE position > $1 ORDER BY position
