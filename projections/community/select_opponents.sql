-- Count what was preferred where the tool with the slug $1 meets others, in all contexts together: up to $2 opponents, those
-- met most often first. Leans on matchups_pair and matchups_right.
SELECT opponent, wins, losses, ties
FROM (
    SELECT CASE WHEN left_slug = $1 THEN right_slug ELSE left_slug END AS opponent,
           sum(CASE WHEN left_slug = $1 THEN left_wins ELSE right_wins END)::bigint AS wins,
           sum(CASE WHEN left_slug = $1 THEN right_wins ELSE left_wins END)::bigint AS losses,
           sum(ties)::bigint AS ties
    FROM matchups
    WHERE left_slug = $1 OR right_slug = $1
    GROUP BY opponent
) AS meeting
WHERE wins + losses + ties > 0
ORDER BY wins + losses + ties DESC, opponent COLLATE "C" LIMIT $2
