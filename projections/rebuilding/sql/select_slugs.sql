-- Name the tools and panelists with the subject ids $1: what describes one opens its own stream. Leans on the
-- primary key.
SELECT subject_id, type = 'PanelistSeated' AS is_panelist, data ->> 'slug' AS slug
FROM log.events
WHERE subject_id = ANY ($1::bigint[]) AND actor_id = '00000000-0000-0000-0000-000000000000' AND version = 1
  AND type IN ('ToolListed', 'PanelistSeated')
