-- Hold on to the live tables {tables} ahead of the snapshot: a rebuild that swapped its own in would leave a snapshot
-- older than what it looks at. Who comes too late for that waits a moment at most.
SET LOCAL lock_timeout = '1s'; LOCK TABLE {tables} IN ACCESS SHARE MODE
