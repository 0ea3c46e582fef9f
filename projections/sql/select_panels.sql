-- Read the panel's tallies of the tools with the subject ids $1; tools without reviews have no row. Leans on the
-- primary key.
SELECT subject_id, ship, skip FROM panel WHERE subject_id = ANY ($1::bigint[])
