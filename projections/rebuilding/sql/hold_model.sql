-- Wait for the right to fold one model ($2, within the class of fold locks $1) and keep it until it is given back.
SELECT pg_advisory_lock($1, $2)
