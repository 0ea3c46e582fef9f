-- Sum up by how much a batch would change the counts of each tool and matchup that it would rule on.
SELECT subject_id, sum(rulings)::bigint AS rulings,
       sum((after = 'ship')::integer - (now = 'ship')::integer) FILTER (WHERE NOT panel) AS ship,
       sum((after = 'skip')::integer - (now = 'skip')::integer) FILTER (WHERE NOT panel) AS skip,
       sum((after = 'left')::integer - (now = 'left')::integer) AS left,
       sum((after = 'right')::integer - (now = 'right')::integer) AS right,
       sum((after = 'tie')::integer - (now = 'tie')::integer) AS tie,
       sum((after = 'ship')::integer - (now = 'ship')::integer) FILTER (WHERE anonymous) AS anonymous_ship,
       sum((after = 'skip')::integer - (now = 'skip')::integer) FILTER (WHERE anonymous) AS anonymous_skip,
       sum((after = 'left')::integer - (now = 'left')::integer) FILTER (WHERE anonymous) AS anonymous_left,
       sum((after = 'right')::integer - (now = 'right')::integer) FILTER (WHERE anonymous) AS anonymous_right,
       sum((after = 'tie')::integer - (now = 'tie')::integer) FILTER (WHERE anonymous) AS anonymous_tie,
       sum((after = 'ship')::integer - (now = 'ship')::integer) FILTER (WHERE panel) AS panel_ship,
       sum((after = 'skip')::integer - (now = 'skip')::integer) FILTER (WHERE panel) AS panel_skip
FROM (
    SELECT subject_id,
           bool_or(type LIKE 'Review%') AS panel, bool_or(anonymous) AS anonymous,
           count(*) FILTER (WHERE ruled) AS rulings,
           coalesce((array_agg(value ORDER BY version DESC) FILTER (WHERE reason IS NULL))[1], '') AS now,
           coalesce((array_agg(value ORDER BY version DESC) FILTER (WHERE (reason IS NULL) <> ruled))[1], '') AS after
    FROM said WHERE NOT overtaken
    GROUP BY subject_id, actor_id
    UNION ALL
    SELECT subject_id, false, false, count(*), '', '' FROM said WHERE overtaken AND ruled
    GROUP BY subject_id
) AS streams
GROUP BY subject_id
HAVING sum(rulings) > 0
