-- Give the right to fold one model ($2, within the class of fold locks $1) back.
SELECT pg_advisory_unlock($1, $2)
