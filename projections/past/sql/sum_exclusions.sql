-- Sum the exclusions of the tools $1 in the cells below $2, as corrected ($3) or as published. Leans on the primary key.
SELECT subject_id, reason, sum(CASE WHEN $3 THEN corrected_votes ELSE votes END)::bigint AS votes
FROM exclusions
WHERE subject_id = ANY ($1::bigint[]) AND cell < $2
GROUP BY subject_id, reason
