-- Give the right to give the batch with number $1 back.
SELECT pg_advisory_unlock(7312, $1)
