-- Find up to $3 listed tools in whose entry every one of the words $1 (in lower case) occurs: first those whose name begins
-- with the phrase $2, then those whose name holds it. Reads the whole catalogue.
SELECT slug, name, vendor, category, tagline
FROM tools
WHERE listed AND NOT EXISTS (
    SELECT FROM unnest($1::text[]) AS word
    WHERE strpos(lower(concat_ws(' ', name, slug, vendor, category, tagline)), word) = 0
)
ORDER BY NOT starts_with(lower(name), $2), strpos(lower(name), $2) = 0, slug COLLATE "C" LIMIT $3
