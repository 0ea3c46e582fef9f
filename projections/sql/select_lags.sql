-- Read the head, when it was recorded (null: nothing is), and of each of the models $1, in this order, how far it has
-- folded and how many seconds the next event has waited for it (null: there is none). Leans on events_position.
SELECT head.position AS head, CASE WHEN head.position > 0 THEN head.recorded_at END AS moved_at,
       registered.model, coalesce(checkpoint.position, 0) AS position,
       greatest(0, extract(epoch FROM clock_timestamp() - next.recorded_at))::float8 AS seconds
FROM log.head
CROSS JOIN unnest($1::text[]) WITH ORDINALITY AS registered (model, number)
LEFT JOIN checkpoints AS checkpoint ON checkpoint.subject_id = 0 AND checkpoint.model = registered.model
LEFT JOIN log.events AS next ON next.position = coalesce(checkpoint.position, 0) + 1
WHERE head.subject_id = 0
ORDER BY registered.number
