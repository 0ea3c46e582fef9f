-- Read up to $3 standing reviews of the tool with subject id $1 by panelists with slugs after $2.
-- Leans on the primary key; a tool has few reviews.
SELECT panelist, verdict, headline, body, recorded_at, position
FROM reviews
WHERE subject_id = $1 AND panelist COLLATE "C" > $2
ORDER BY panelist COLLATE "C" LIMIT $3
