-- Read the entries of the tools that were listed at position $1 in the category $2, or in any (null). Leans on the
-- events' primary key for each tool's own stream.
SELECT subject_id, slug, name, category
FROM (
    SELECT DISTINCT ON (tool.subject_id)
           tool.subject_id, event.type, event.data ->> 'slug' AS slug, event.data ->> 'name' AS name,
           event.data ->> 'category' AS category
    FROM tools AS tool
    JOIN events AS event
      ON event.subject_id = tool.subject_id AND event.actor_id = '00000000-0000-0000-0000-000000000000'
    WHERE event.position <= $1
    ORDER BY tool.subject_id, event.version DESC
) AS entry
WHERE type <> 'ToolDelisted' AND ($2::text IS NULL OR category = $2)
