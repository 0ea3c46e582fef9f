-- Remember answers: $1 askers' subject ids, $2 keys, $3 fingerprints, $4 answers, all recorded at $5.
-- A key that has expired but was not yet purged is taken over.
INSERT INTO log.answers (subject_id, key, fingerprint, answers, recorded_at)
SELECT *, $5::timestamptz FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::bytea[])
ON CONFLICT (subject_id, key) DO UPDATE
SET fingerprint = excluded.fingerprint, answers = excluded.answers, recorded_at = excluded.recorded_at
