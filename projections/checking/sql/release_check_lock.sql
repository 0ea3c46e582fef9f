-- Release the lock of the check.
SELECT pg_advisory_unlock(7323, 0)
