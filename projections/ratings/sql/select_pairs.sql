-- Name the matchups in the context $1, or in all (null), by their left tools: the right tools, separated by blanks, and
-- the matchups' subjects in the same order, 8 bytes each. Reads all matchups.
SELECT left_slug, string_agg(right_slug, ' ') AS rights, string_agg(int8send(subject_id), '') AS subjects
FROM matchups
WHERE $1::text IS NULL OR context = $1
GROUP BY left_slug
