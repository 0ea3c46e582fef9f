-- Read the present tallies of people without an account for the tools $1. Leans on the primary key.
SELECT subject_id, ship, skip FROM anonymous WHERE subject_id = ANY ($1::bigint[])
