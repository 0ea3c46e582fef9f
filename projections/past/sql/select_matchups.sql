-- Name the matchups among the tools with the slugs $1, in each context. Leans on matchups_pair.
SELECT subject_id, left_slug, right_slug, context
FROM matchups
WHERE left_slug = ANY ($1::text[]) AND right_slug = ANY ($1::text[])
