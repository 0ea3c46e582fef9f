-- Count the events in ($1, $2], and those of the types $3 among them. Leans on events_position.
SELECT count(*) AS events, count(*) FILTER (WHERE type = ANY ($3::text[])) AS concerned
FROM log.events WHERE position > $1 AND position <= $2
