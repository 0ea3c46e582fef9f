-- Read what the crowd said of each tool that is listed in the category $1, or in any (null), as published at the end of
-- each week in which that changed (in UTC, from Monday), tool by tool; and how many of these votes were of people
-- without an account. Reads the whole history of these tools, by its primary key.
SELECT subject_id, start,
       (sum(ship) OVER so_far)::bigint AS ship, (sum(skip) OVER so_far)::bigint AS skip,
       (sum(anonymous_ship) OVER so_far)::bigint AS anonymous_ship,
       (sum(anonymous_skip) OVER so_far)::bigint AS anonymous_skip
FROM (
    SELECT history.subject_id, date_trunc('week', history.hour) AS start,
           sum(history.ship) AS ship, sum(history.skip) AS skip,
           coalesce(sum(anonymous.ship), 0) AS anonymous_ship, coalesce(sum(anonymous.skip), 0) AS anonymous_skip
    FROM tools AS tool
    JOIN community_history AS history ON history.subject_id = tool.subject_id
    LEFT JOIN anonymous_history AS anonymous
      ON anonymous.subject_id = history.subject_id AND anonymous.hour = history.hour AND anonymous.cell = history.cell
    WHERE tool.listed AND ($1::text IS NULL OR tool.category = $1)
    GROUP BY history.subject_id, start
) AS week
WINDOW so_far AS (PARTITION BY subject_id ORDER BY start)
ORDER BY subject_id, start
