-- Sum the changes of the matchups $1 in the cells below $2, as corrected ($3) or as published. Leans on the primary key.
SELECT subject_id,
       sum(CASE WHEN $3 THEN corrected_left_wins ELSE left_wins END)::bigint AS left_wins,
       sum(CASE WHEN $3 THEN corrected_right_wins ELSE right_wins END)::bigint AS right_wins,
       sum(CASE WHEN $3 THEN corrected_ties ELSE ties END)::bigint AS ties
FROM matchup_history
WHERE subject_id = ANY ($1::bigint[]) AND cell < $2
GROUP BY subject_id
