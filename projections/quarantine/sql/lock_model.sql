-- Wait for the fold lock of one model ($2, in the class of fold locks $1) and hold it until commit.
SELECT pg_advisory_xact_lock($1, $2)
