-- Read what the panel says of the tools with the subject ids $1; tools that nobody reviewed have no row. Leans on the
-- primary key.
SELECT subject_id, ship, skip FROM panel WHERE subject_id = ANY ($1::bigint[])
