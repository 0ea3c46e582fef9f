-- Read the bytes of the events' table and of each of its indexes.
SELECT 'table' AS part, pg_table_size('log.events')::float8 AS bytes
UNION ALL
SELECT indexrelid::regclass::text, pg_relation_size(indexrelid)::float8
FROM pg_index WHERE indrelid = 'log.events'::regclass
ORDER BY part
