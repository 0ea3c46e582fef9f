-- Read up to $2 rows of each of the subjects $1 that stand in the table {one} and not in {other}. Leans on both
-- primary keys.
SELECT subject_id, content
FROM (
    SELECT subject_id, to_jsonb(apart) - 'subject_id' AS content,
           row_number() OVER (PARTITION BY subject_id) AS number
    FROM (
        SELECT * FROM {one} WHERE subject_id = ANY ($1::bigint[])
        EXCEPT
        SELECT * FROM {other} WHERE subject_id = ANY ($1::bigint[])
    ) AS apart
) AS numbered
WHERE number <= $2
