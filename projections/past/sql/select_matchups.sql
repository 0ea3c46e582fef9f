-- Name the matchups between the tools with the slugs $1 and $2, in alphabetical order, in each context. Leans on
-- matchups_pair.
SELECT subject_id, context FROM matchups WHERE left_slug = $1 AND right_slug = $2
