-- Read the panelists with the subject ids $1, retired ones too. Leans on the primary key.
SELECT slug, name, lens, bio FROM panelists WHERE subject_id = ANY ($1::bigint[])
