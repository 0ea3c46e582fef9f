-- Read what the reviews' events at the positions $2 say, which are about the tools with subject ids $1; by panelist.
-- Leans on events_position.
SELECT subject_id, data ->> 'panelist' AS panelist, data ->> 'verdict' AS verdict, data ->> 'headline' AS headline,
       data ->> 'body' AS body, recorded_at, position
FROM events
WHERE subject_id = ANY ($1::bigint[]) AND position = ANY ($2::bigint[])
ORDER BY data ->> 'panelist' COLLATE "C"
