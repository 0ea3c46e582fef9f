-- Release the fold lock of one model ($2, in the class of fold locks $1).
SELECT pg_advisory_unlock($1, $2)
