-- Read how many votes on the tools or matchups $1 are excluded now, by reason. Leans on the primary key.
SELECT subject_id, reason, votes FROM excluded WHERE subject_id = ANY ($1::bigint[])
