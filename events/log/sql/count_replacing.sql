-- Count, of the events at positions $1, those that took the place of something of type $2: what counted of their stream
-- right before was that. Leans on events_position, the primary key and events_rulings.
SELECT count(*)
FROM log.events AS e
WHERE e.position = ANY ($1::bigint[]) AND $2 = (
    SELECT said.type
    FROM log.events AS said
    WHERE said.subject_id = e.subject_id AND said.actor_id = e.actor_id AND said.version < e.version
      AND said.type NOT IN ('EventRetracted', 'EventReinstated')
      AND (
          SELECT ruling.type
          FROM log.events AS ruling
          WHERE ruling.subject_id = e.subject_id AND ruling.actor_id = e.actor_id AND ruling.version < e.version
            AND ruling.type IN ('EventRetracted', 'EventReinstated')
            AND (ruling.data ->> 'target')::bigint = said.position
          ORDER BY ruling.version DESC
          LIMIT 1
      ) IS DISTINCT FROM 'EventRetracted'
    ORDER BY said.version DESC
    LIMIT 1
)
