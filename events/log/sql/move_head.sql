-- Move the head to {position}, recorded at {recorded_at}. Sent in one message with the commit, since whoever else
-- writes waits meanwhile; such a message takes no parameters, so the two are written into it.
UPDATE log.head SET position = {position:d}, recorded_at = '{recorded_at}' WHERE subject_id = 0
