-- Read how many bytes of write-ahead log there ever were.
SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::float8
