-- Note the events that are meant as targets of their batch; they are found by select_meant.sql or select_reverted.sql.
INSERT INTO log.targets (subject_id, batch, position, actor_id)
SELECT subject_id, batch, position, actor_id FROM (
{meant}
) AS meant
