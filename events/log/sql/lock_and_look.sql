-- Wait for the head, and read it as it stands then: its position, the time to record next (the clock, but never
-- before the last recorded time), and how often accounts were erased. It is held until commit, so position
-- order is commit order. After that row come the events of streams ($1 subject ids, $2 actor ids) after the versions
-- already known ($3), in stream order. Leans on the primary key.
SELECT head, next_at, erasures, subject_id, actor_id, version, position, type, schema, data
FROM log.lock_and_look($1::bigint[], $2::uuid[], $3::integer[])
