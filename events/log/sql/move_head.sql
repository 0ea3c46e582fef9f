-- Move the head to {position}, recorded at {recorded_at}. Sent in one message with the commit, since other writers
-- wait meanwhile. Such a message takes no parameters, so both values are formatted into it.
UPDATE log.head SET position = {position:d}, recorded_at = '{recorded_at}' WHERE subject_id = 0
