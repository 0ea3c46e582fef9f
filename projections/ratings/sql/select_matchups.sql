-- Name the matchups in the context $1, or in all (null). Reads all of them.
SELECT subject_id, left_slug, right_slug FROM matchups WHERE $1::text IS NULL OR context = $1
