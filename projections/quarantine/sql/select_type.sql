-- Read subject and type of the event at position $1. Leans on events_position.
SELECT subject_id, type FROM log.events WHERE position = $1
