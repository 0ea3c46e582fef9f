-- Note that the ratings of the context $1 reflect position $2; no row if there are newer ones. They stay stale if it was
-- not known yet ($3) that they were. Leans on the primary key.
INSERT INTO rating_fits AS fitted (context, position) VALUES ($1, $2)
ON CONFLICT (subject_id, context) DO UPDATE
SET position = excluded.position, stale = fitted.stale AND NOT $3, fitted_at = clock_timestamp()
WHERE fitted.position < excluded.position OR fitted.stale
RETURNING position
