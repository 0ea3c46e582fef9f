-- Release the lock of the batch with number $1.
SELECT pg_advisory_unlock(7312, $1)
