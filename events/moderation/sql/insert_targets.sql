-- Note the events that are meant as targets of their batch; `meant` stands for select_meant or select_reverted.
INSERT INTO log.targets (subject_id, batch, position, actor_id)
SELECT subject_id, batch, position, actor_id FROM meant
