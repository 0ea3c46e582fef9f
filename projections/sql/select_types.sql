-- Count the events in ($1, $2] by type. Leans on events_position.
SELECT type, count(*) AS events FROM log.events WHERE position > $1 AND position <= $2 GROUP BY type
