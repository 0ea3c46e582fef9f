-- Take over the last entry of each tool listed or revised in ($1, $2]. Leans on events_position.
INSERT INTO tools AS tool
    (subject_id, slug, name, vendor, category, tagline, description, homepage, pricing, listed, position)
SELECT DISTINCT ON (subject_id)
       subject_id, data ->> 'slug', data ->> 'name', data ->> 'vendor', data ->> 'category', data ->> 'tagline',
       data ->> 'description', data ->> 'homepage', nullif(data -> 'pricing', 'null'), true, position
FROM events
WHERE position > $1 AND position <= $2 AND type IN ('ToolListed', 'ToolRevised')
ORDER BY subject_id, position DESC
ON CONFLICT (subject_id) DO UPDATE
SET slug = excluded.slug, name = excluded.name, vendor = excluded.vendor, category = excluded.category,
    tagline = excluded.tagline, description = excluded.description, homepage = excluded.homepage,
    pricing = excluded.pricing, listed = true, position = excluded.position
WHERE excluded.position > tool.position
RETURNING subject_id
