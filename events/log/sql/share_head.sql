-- Wait until no append is in flight; the head read in the next statement is then settled on every node.
SELECT pg_advisory_xact_lock_shared(7310)
