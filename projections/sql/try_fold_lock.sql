-- Take the fold lock of one model ($2, in the class of fold locks $1) until commit; false if it is taken.
SELECT pg_try_advisory_xact_lock($1, $2)
