-- Wait while somebody else orders a replay or clears up after one, and keep others waiting until commit. 7322 is
-- the class of this lock.
SELECT pg_advisory_xact_lock(7322, 0)
