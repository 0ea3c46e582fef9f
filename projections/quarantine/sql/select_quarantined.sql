-- Read up to $3 quarantined subjects by the position of their poison events: the one with subject id $1 (null: all),
-- above position $2. With each stands its slug, null if the log has no name for it.
-- Leans on set_aside_position, or the primary key, and on the events' primary key.
SELECT aside.subject_id, aside.position, aside.type, aside.error, aside.since, aside.tries, aside.retry_at,
       opening.type AS opening, opening.data ->> 'slug' AS slug
FROM set_aside AS aside
LEFT JOIN log.events AS opening
  ON opening.subject_id = aside.subject_id AND opening.actor_id = '00000000-0000-0000-0000-000000000000'
 AND opening.version = 1
WHERE ($1::bigint IS NULL OR aside.subject_id = $1) AND aside.position > $2
ORDER BY aside.position LIMIT $3
