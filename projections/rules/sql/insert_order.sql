-- Note that the account $2 gave the order $1 to adopt a rule; the same order may come again.
INSERT INTO log.adoptions (id, ordered_by) VALUES ($1, $2) ON CONFLICT (subject_id, id) DO NOTHING
