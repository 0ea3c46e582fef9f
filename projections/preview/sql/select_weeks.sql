-- Read what the crowd said of each tool that is listed in the category $1, or in any (null), as published at the end of
-- each week in which that changed (in UTC, from Monday), tool by tool; and how many of these votes were of people
-- without an account. Reads the whole history of these tools, by its primary key where they are few.
SELECT subject_id, start,
       (sum(ship) OVER so_far)::bigint AS ship, (sum(skip) OVER so_far)::bigint AS skip,
       (sum(anonymous_ship) OVER so_far)::bigint AS anonymous_ship,
       (sum(anonymous_skip) OVER so_far)::bigint AS anonymous_skip
FROM (
    SELECT change.subject_id, date_bin('7 days', change.hour, '2001-01-01 00:00:00+00') AS start,
           sum(change.ship) AS ship, sum(change.skip) AS skip,
           sum(change.anonymous_ship) AS anonymous_ship, sum(change.anonymous_skip) AS anonymous_skip
    FROM tools AS tool
    JOIN (
        SELECT subject_id, hour, ship, skip, 0 AS anonymous_ship, 0 AS anonymous_skip FROM community_history
        UNION ALL
        SELECT subject_id, hour, 0, 0, ship, skip FROM anonymous_history
    ) AS change ON change.subject_id = tool.subject_id
    WHERE tool.listed AND ($1::text IS NULL OR tool.category = $1)
    GROUP BY change.subject_id, start
) AS week
WINDOW so_far AS (PARTITION BY subject_id ORDER BY start)
ORDER BY subject_id, start
