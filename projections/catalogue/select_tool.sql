-- Read the listed tool with subject id $1. Leans on the primary key.
SELECT slug, name, vendor, category, tagline, description, homepage, pricing, position
FROM tools WHERE subject_id = $1 AND listed
