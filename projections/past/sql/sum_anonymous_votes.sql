-- Sum the changes without an account of the tools $1 in the cells below $2, as corrected ($3) or as published.
-- Leans on the primary key.
SELECT subject_id,
       sum(CASE WHEN $3 THEN corrected_ship ELSE ship END)::bigint AS ship,
       sum(CASE WHEN $3 THEN corrected_skip ELSE skip END)::bigint AS skip
FROM anonymous_history
WHERE subject_id = ANY ($1::bigint[]) AND cell < $2
GROUP BY subject_id
