-- Take the lock of the batch with number $1 until it is released; false if it is taken. 7312 is the class of
-- these locks.
SELECT pg_try_advisory_lock(7312, $1)
