-- Give the right to check back.
SELECT pg_advisory_unlock(7323, 0)
