-- Read what the crowd says of each tool that is listed in the category $1, or in any (null), and how many of these votes
-- are of people without an account. Leans on tools_category, and on the primary keys.
SELECT tool.subject_id, tool.slug, tool.category,
       coalesce(community.ship, 0) AS ship, coalesce(community.skip, 0) AS skip,
       coalesce(anonymous.ship, 0) AS anonymous_ship, coalesce(anonymous.skip, 0) AS anonymous_skip
FROM tools AS tool
LEFT JOIN community ON community.subject_id = tool.subject_id
LEFT JOIN anonymous ON anonymous.subject_id = tool.subject_id
WHERE tool.listed AND ($1::text IS NULL OR tool.category = $1)
