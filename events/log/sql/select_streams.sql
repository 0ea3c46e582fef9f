-- Read the events of streams ($1 subject ids, $2 actor ids) after the versions already known ($3),
-- in stream order. Leans on the primary key.
SELECT e.subject_id, e.actor_id, e.version, e.position, e.type, e.schema, e.data
FROM unnest($1::bigint[], $2::uuid[], $3::integer[]) AS known (subject_id, actor_id, version)
JOIN log.events e
  ON e.subject_id = known.subject_id AND e.actor_id = known.actor_id AND e.version > known.version
ORDER BY e.subject_id, e.actor_id, e.version
