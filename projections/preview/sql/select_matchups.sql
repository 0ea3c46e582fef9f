-- Name the matchups among the subjects $1. Leans on the primary key.
SELECT subject_id, left_slug, right_slug, context FROM matchups WHERE subject_id = ANY ($1::bigint[])
