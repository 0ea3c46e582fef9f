-- Sum up by how much a batch would change the counts of each tool and matchup that it would rule on.
SELECT subject_id, sum(rulings)::bigint AS rulings,
       coalesce(sum((after = 'ship')::integer - (now = 'ship')::integer) FILTER (WHERE NOT panel), 0) AS ship,
       coalesce(sum((after = 'skip')::integer - (now = 'skip')::integer) FILTER (WHERE NOT panel), 0) AS skip,
       coalesce(sum((after = 'tie')::integer - (now = 'tie')::integer), 0) AS tie,
       coalesce(sum((after = 'ship')::integer - (now = 'ship')::integer) FILTER (WHERE anonymous), 0)
           AS anonymous_ship,
       coalesce(sum((after = 'skip')::integer - (now = 'skip')::integer) FILTER (WHERE anonymous), 0)
           AS anonymous_skip,
       coalesce(sum((after = 'tie')::integer - (now = 'tie')::integer) FILTER (WHERE anonymous), 0)
           AS anonymous_tie,
       coalesce(sum((after = 'ship')::integer - (now = 'ship')::integer) FILTER (WHERE panel), 0) AS panel_ship,
       coalesce(sum((after = 'skip')::integer - (now = 'skip')::integer) FILTER (WHERE panel), 0) AS panel_skip
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
