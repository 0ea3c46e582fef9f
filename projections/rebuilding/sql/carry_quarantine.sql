-- Set the subjects aside beside the live models that could not be folded into the rebuilt ones of the schema {schema}:
-- their rows stand before their bad event, so nothing behind it may be folded into them.
INSERT INTO {live}.set_aside AS aside SELECT * FROM {schema}.set_aside
ON CONFLICT (subject_id) DO UPDATE
SET position = excluded.position, type = excluded.type, error = excluded.error
WHERE excluded.position < aside.position
