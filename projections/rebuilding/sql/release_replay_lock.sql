-- Give the right to work on the replay with number $1 back.
SELECT pg_advisory_unlock(7321, $1)
