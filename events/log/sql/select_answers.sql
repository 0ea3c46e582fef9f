-- Find the answers given under idempotency keys ($1 the askers' subject ids, $2 the keys) at or after $3.
SELECT subject_id, key, fingerprint, answers FROM log.answers
WHERE (subject_id, key) IN (SELECT * FROM unnest($1::bigint[], $2::text[])) AND recorded_at >= $3
