-- Count the outcomes of each pair's matchups in the context $1, or in all (null), as columns: the tools' slugs in order,
-- and for each pair the places of its tools among them and who won how often. Reads all matchups.
WITH pair AS (
    SELECT left_slug, right_slug, sum(ship)::bigint AS left_wins, sum(skip)::bigint AS right_wins,
           sum(tie)::bigint AS ties
    FROM matchups JOIN community USING (subject_id)
    WHERE $1::text IS NULL OR context = $1
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
