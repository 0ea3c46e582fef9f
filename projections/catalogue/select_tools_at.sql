-- Read the tools with the subject ids $1 as they were listed at position $2. Leans on the events' primary key for each
-- tool's own stream.
SELECT data ->> 'slug' AS slug, data ->> 'name' AS name, data ->> 'vendor' AS vendor,
       data ->> 'category' AS category, data ->> 'tagline' AS tagline, data ->> 'description' AS description,
       data ->> 'homepage' AS homepage, nullif(data -> 'pricing', 'null') AS pricing, position
FROM (
    SELECT DISTINCT ON (subject_id) type, data, position
    FROM events
    WHERE subject_id = ANY ($1::bigint[]) AND actor_id = '00000000-0000-0000-0000-000000000000' AND position <= $2
    ORDER BY subject_id, version DESC
) AS entry
WHERE type <> 'ToolDelisted'
