-- Take over the last entry of each panelist seated in ($1, $2]. Leans on events_position.
INSERT INTO panelists AS panelist (subject_id, slug, name, lens, bio, seated, position)
SELECT DISTINCT ON (subject_id)
       subject_id, data ->> 'slug', data ->> 'name', data ->> 'lens', data ->> 'bio', true, position
FROM events
WHERE position > $1 AND position <= $2 AND type = 'PanelistSeated'
ORDER BY subject_id, position DESC
ON CONFLICT (subject_id) DO UPDATE
SET slug = excluded.slug, name = excluded.name, lens = excluded.lens, bio = excluded.bio,
    seated = true, position = excluded.position
WHERE excluded.position > panelist.position
RETURNING subject_id
