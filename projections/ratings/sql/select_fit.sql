-- Read which position the ratings of the context $1 reflect, and whether they are stale; no row if there are none. Leans
-- on the primary key.
SELECT position, stale FROM rating_fits WHERE subject_id = 0 AND context = $1
