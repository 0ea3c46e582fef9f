-- Set the model $1, now in the definition with fingerprint $2, to before the first event.
INSERT INTO checkpoints (model, position, fingerprint) VALUES ($1, 0, $2)
ON CONFLICT (subject_id, model) DO UPDATE SET position = 0, fingerprint = excluded.fingerprint
