-- Move the head to position $1.
UPDATE log.head SET position = $1, recorded_at = clock_timestamp()
