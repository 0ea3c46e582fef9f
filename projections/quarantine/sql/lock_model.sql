-- Wait for the right to fold one model ($2, within the class of fold locks $1) and keep it until commit.
SELECT pg_advisory_xact_lock($1, $2)
