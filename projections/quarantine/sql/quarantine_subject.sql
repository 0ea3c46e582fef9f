-- Quarantine the subject $1 from position $2 on, where an event of type $3 met the error $4, unless it is quarantined
-- from there or earlier already. Returns a row if it did, with the slug, null if the log has no name for it.
INSERT INTO set_aside AS aside (subject_id, position, type, error) VALUES ($1, $2, $3, $4)
ON CONFLICT (subject_id) DO UPDATE
SET position = excluded.position, type = excluded.type, error = excluded.error
WHERE excluded.position < aside.position
RETURNING (
    SELECT opening.data ->> 'slug' FROM log.events AS opening
    WHERE opening.subject_id = $1 AND opening.actor_id = '00000000-0000-0000-0000-000000000000' AND opening.version = 1
) AS slug
