-- Lock the live tables {tables} before the snapshot is taken: a swap in between would make the tables newer than the
-- snapshot. Give up after a second.
SET LOCAL lock_timeout = '1s'; LOCK TABLE {tables} IN ACCESS SHARE MODE
