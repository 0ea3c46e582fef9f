-- Read the rows of the subjects $1 that stand in the table {one} and not in {other}, up to $2 of them. Leans on both
-- primary keys.
SELECT subject_id, to_jsonb(apart) - 'subject_id' AS content
FROM (
    SELECT * FROM {one} WHERE subject_id = ANY ($1::bigint[])
    EXCEPT
    SELECT * FROM {other} WHERE subject_id = ANY ($1::bigint[])
) AS apart
ORDER BY subject_id LIMIT $2
