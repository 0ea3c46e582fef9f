-- Take the lock of the replay with number $1 for as long as the connection is held; false if it is taken.
-- 7321 is the class of these locks.
SELECT pg_try_advisory_lock(7321, $1)
