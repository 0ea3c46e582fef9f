-- Read those of the tools with the subject ids $1 that are listed. Leans on the primary key.
SELECT slug, name, vendor, category, tagline
FROM tools WHERE subject_id = ANY ($1::bigint[]) AND listed
