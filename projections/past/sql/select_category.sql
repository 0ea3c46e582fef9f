-- Name the listed tools of the category $1, or of all (null). Leans on tools_category.
SELECT subject_id, slug FROM tools WHERE listed AND ($1::text IS NULL OR category = $1)
