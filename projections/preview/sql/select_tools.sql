-- Read slug and category of the tools with the subject ids $1, delisted ones too. Leans on the primary key.
SELECT subject_id, slug, category, listed FROM tools WHERE subject_id = ANY ($1::bigint[])
