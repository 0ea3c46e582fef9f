-- Note that the subject $1 was folded again and stays in quarantine, now from position $2 on, where an event of type $3
-- met the error $4; the next try comes in $5 seconds, and later each time, up to $6 seconds.
UPDATE set_aside
SET position = $2, type = $3, error = $4, tries = tries + 1,
    retry_at = clock_timestamp() + make_interval(secs => least($6::float8, $5::float8 * 2 ^ least(tries, 20)))
WHERE subject_id = $1
