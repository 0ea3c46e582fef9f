-- Wait until no append is in flight. The head that the next statement reads is then committed on every node.
SELECT pg_advisory_xact_lock_shared(7310)
