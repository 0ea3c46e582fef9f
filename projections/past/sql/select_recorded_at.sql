-- Read when the event at position $1 was recorded. Leans on events_position.
SELECT recorded_at FROM log.events WHERE position = $1
