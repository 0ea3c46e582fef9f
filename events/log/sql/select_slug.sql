-- Read the slug of the tool or panelist with subject id $1, if the log has one. Leans on the primary key.
SELECT data ->> 'slug' FROM log.events
WHERE subject_id = $1 AND actor_id = '00000000-0000-0000-0000-000000000000' AND version = 1
