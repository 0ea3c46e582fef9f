-- Count what was preferred where the tool with the slug $1 meets others, in all contexts together: up to $2 opponents, those
-- met most often first. Leans on matchups_pair and matchups_right, and on the tallies' primary key.
SELECT opponent, wins, losses, ties
FROM (
    SELECT CASE WHEN left_slug = $1 THEN right_slug ELSE left_slug END AS opponent,
           sum(CASE WHEN left_slug = $1 THEN ship ELSE skip END)::bigint AS wins,
           sum(CASE WHEN left_slug = $1 THEN skip ELSE ship END)::bigint AS losses,
           sum(tie)::bigint AS ties
    FROM matchups JOIN community USING (subject_id)
    WHERE left_slug = $1 OR right_slug = $1
    GROUP BY opponent
) AS meeting
WHERE wins + losses + ties > 0
ORDER BY wins + losses + ties DESC, opponent COLLATE "C" LIMIT $2
