-- Wait for the fold lock of one model ($2, in the class of fold locks $1) and hold it until it is released.
SELECT pg_advisory_lock($1, $2)
