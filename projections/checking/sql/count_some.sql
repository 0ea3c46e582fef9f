-- Count the events of the subject $1, up to $2. Leans on the primary key.
SELECT count(*) FROM (SELECT FROM log.events WHERE subject_id = $1 LIMIT $2) AS few
