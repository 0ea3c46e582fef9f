-- Take the lock of the check for as long as the connection is held; false if it is taken. 7323 is the class of this lock.
SELECT pg_try_advisory_lock(7323, 0)
