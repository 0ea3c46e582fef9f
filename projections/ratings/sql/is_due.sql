-- Tell whether ratings are stale, or older than the last preference, or ruling on one: $1 is the context that all of them
-- count in. Leans on matchups_position and on the primary key of the fits.
SELECT coalesce(
    (SELECT stale OR position < (SELECT max(position) FROM matchups)
     FROM rating_fits WHERE subject_id = 0 AND context = $1),
    EXISTS (SELECT FROM matchups)
)
