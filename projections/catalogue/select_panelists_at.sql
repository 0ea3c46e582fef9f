-- Read the panelists with the subject ids $1, retired ones too, as their entries were at position $2. Leans on the events'
-- primary key for each panelist's own stream.
SELECT DISTINCT ON (subject_id)
       data ->> 'slug' AS slug, data ->> 'name' AS name, data ->> 'lens' AS lens, data ->> 'bio' AS bio
FROM events
WHERE subject_id = ANY ($1::bigint[]) AND actor_id = '00000000-0000-0000-0000-000000000000' AND position <= $2
  AND type = 'PanelistSeated'
ORDER BY subject_id, version DESC
