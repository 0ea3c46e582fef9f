-- Read the present counts of people without an account for the matchups $1. Leans on the primary key.
SELECT subject_id, left_wins, right_wins, ties FROM anonymous_matchups WHERE subject_id = ANY ($1::bigint[])
