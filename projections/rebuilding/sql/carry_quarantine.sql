-- Quarantine in the live schema the subjects that could not be folded into the rebuilt tables of the schema {schema}:
-- their rows end before the poison event, so no later event may be folded into them.
INSERT INTO {live}.set_aside AS aside SELECT * FROM {schema}.set_aside
ON CONFLICT (subject_id) DO UPDATE
SET position = excluded.position, type = excluded.type, error = excluded.error
WHERE excluded.position < aside.position
