-- Count the outcomes of each matchup in the context $1, or in all (null), with those of people without an account ($2) or
-- without them, as columns of one length: both tools' slugs, and who won how often. Reads all matchups.
SELECT array_agg(matchup.left_slug) AS "left", array_agg(matchup.right_slug) AS "right",
       array_agg(crowd.ship - coalesce(apart.ship, 0)) AS left_wins,
       array_agg(crowd.skip - coalesce(apart.skip, 0)) AS right_wins,
       array_agg(crowd.tie - coalesce(apart.tie, 0)) AS ties
FROM matchups AS matchup
JOIN community AS crowd ON crowd.subject_id = matchup.subject_id
LEFT JOIN anonymous AS apart ON apart.subject_id = matchup.subject_id AND NOT $2
WHERE ($1::text IS NULL OR matchup.context = $1)
  AND crowd.ship + crowd.skip + crowd.tie > coalesce(apart.ship + apart.skip + apart.tie, 0)
