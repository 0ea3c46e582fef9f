-- Read the counts of the matchups $1 as they are now. Leans on the primary key.
SELECT subject_id, left_wins, right_wins, ties FROM matchups WHERE subject_id = ANY ($1::bigint[])
