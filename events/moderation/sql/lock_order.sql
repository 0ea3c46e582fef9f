-- Wait while somebody else orders a batch under the same id, number $1, and keep others waiting until commit.
-- 7313 is the class of these locks.
SELECT pg_advisory_xact_lock(7313, $1)
