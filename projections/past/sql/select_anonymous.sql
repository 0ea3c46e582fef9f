-- Read what people without an account say of the tools or matchups $1 now. Leans on the primary key.
SELECT subject_id, ship, skip, tie FROM anonymous WHERE subject_id = ANY ($1::bigint[])
