-- Read the fingerprint of the request that ordered the replay $1; no row if the id is unknown.
SELECT coalesce(fingerprint, '') FROM log.replays WHERE subject_id = 0 AND id = $1
