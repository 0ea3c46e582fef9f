-- List up to $3 listed tools with slugs after $1, of the category $2 or of all (null). Leans on tools_slug
-- and tools_category.
SELECT slug, name, vendor, category, tagline, description, homepage, pricing, position
FROM tools
WHERE listed AND slug COLLATE "C" > $1 AND ($2::text IS NULL OR category = $2)
ORDER BY slug COLLATE "C" LIMIT $3
