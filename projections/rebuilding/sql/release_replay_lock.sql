-- Release the lock of the replay with number $1.
SELECT pg_advisory_unlock(7321, $1)
