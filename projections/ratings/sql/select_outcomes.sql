-- Count the outcomes of each pair's matchups in the context $1, or in all (null), with those of people without an account
-- ($2) or without them, as columns: the tools' slugs in order, and for each pair the places of its tools among them and
-- who won how often. Reads all matchups.
WITH counted AS (
    SELECT matchup.left_slug, matchup.right_slug,
           crowd.ship - coalesce(apart.ship, 0) AS ship, crowd.skip - coalesce(apart.skip, 0) AS skip,
           crowd.tie - coalesce(apart.tie, 0) AS tie
    FROM matchups AS matchup
    JOIN community AS crowd ON crowd.subject_id = matchup.subject_id
    LEFT JOIN anonymous AS apart ON apart.subject_id = matchup.subject_id AND NOT $2
    WHERE $1::text IS NULL OR matchup.context = $1
), pair AS (
    SELECT left_slug, right_slug, sum(ship)::bigint AS left_wins, sum(skip)::bigint AS right_wins,
           sum(tie)::bigint AS ties
    FROM counted
    GROUP BY left_slug, right_slug
    HAVING sum(ship + skip + tie) > 0
), tool AS (
    SELECT slug, row_number() OVER (ORDER BY slug COLLATE "C") - 1 AS place
    FROM (SELECT left_slug AS slug FROM pair UNION SELECT right_slug FROM pair) AS named
)
SELECT (SELECT array_agg(slug ORDER BY place) FROM tool) AS slugs,
       array_agg(one.place) AS "left", array_agg(other.place) AS "right",
       array_agg(left_wins) AS left_wins, array_agg(right_wins) AS right_wins, array_agg(ties) AS ties
FROM pair
JOIN tool AS one ON one.slug = left_slug
JOIN tool AS other ON other.slug = right_slug
