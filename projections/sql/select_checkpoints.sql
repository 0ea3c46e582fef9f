-- Read how far each of the models $1 has folded; one without a row has folded nothing.
SELECT registered.model, coalesce(checkpoint.position, 0) AS position
FROM unnest($1::text[]) AS registered (model)
LEFT JOIN checkpoints AS checkpoint ON checkpoint.subject_id = 0 AND checkpoint.model = registered.model
