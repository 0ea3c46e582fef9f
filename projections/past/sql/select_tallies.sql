-- Read the tallies of the tools $1 as they are now. Leans on the primary key.
SELECT subject_id, ship, skip FROM community WHERE subject_id = ANY ($1::bigint[])
