-- Read every name that the tools with subject ids $1 ever had. Leans on the primary key.
SELECT subject_id, data ->> 'name' AS name
FROM log.events
WHERE subject_id = ANY ($1::bigint[]) AND actor_id = '00000000-0000-0000-0000-000000000000'
  AND type IN ('ToolListed', 'ToolRevised')
