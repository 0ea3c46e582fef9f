-- Move the head to position $1, recorded at $2.
UPDATE log.head SET position = $1, recorded_at = $2 WHERE subject_id = 0
