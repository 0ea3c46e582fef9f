-- Gather what was said up to position $1 in every stream that a batch is about: each vote, preference and review with its
-- value (null for a withdrawal), why it does not count now (null if it does), and whether the batch would rule
-- on it: $2 retracts (true) or reinstates, $3 is the id of the batch it reverts, or null.
-- Leans on events_rulings, and on the events' primary key alone to see that a stream holds nothing but targets;
-- streams are sorted, so that neighbours are found on the same pages.
INSERT INTO said (subject_id, actor_id, version, type, value, reason, ruled, anonymous)
WITH streams AS MATERIALIZED (
    SELECT DISTINCT subject_id, actor_id FROM targets ORDER BY subject_id, actor_id
), rulings AS MATERIALIZED (
    SELECT DISTINCT ON (ruling.subject_id, ruling.actor_id, ruling.data ->> 'target')
           ruling.subject_id, ruling.actor_id, (ruling.data ->> 'target')::bigint AS position,
           ruling.type = 'EventRetracted' AS retracts, ruling.data ->> 'batch' AS batch,
           ruling.data ->> 'reason' AS reason
    FROM streams
    JOIN log.events AS ruling
      ON ruling.subject_id = streams.subject_id AND ruling.actor_id = streams.actor_id
     AND ruling.type IN ('EventRetracted', 'EventReinstated') AND ruling.position <= $1
    ORDER BY ruling.subject_id, ruling.actor_id, ruling.data ->> 'target', ruling.version DESC
), others AS MATERIALIZED (
    SELECT event.subject_id, event.actor_id, event.version
    FROM streams
    JOIN log.events AS event ON event.subject_id = streams.subject_id AND event.actor_id = streams.actor_id
    WHERE NOT EXISTS (
        SELECT FROM targets
        WHERE targets.subject_id = event.subject_id AND targets.actor_id = event.actor_id
          AND targets.version = event.version)
)
SELECT event.subject_id, event.actor_id, event.version, event.type, event.value,
       CASE WHEN ruling.retracts THEN ruling.reason END,
       event.chosen AND coalesce(ruling.retracts, false) <> $2
           AND ($3::text IS NULL OR ruling.batch IS NOT DISTINCT FROM $3),
       event.anonymous
FROM (
    SELECT subject_id, actor_id, version, position, type, value, true AS chosen, anonymous FROM targets
    UNION ALL
    SELECT event.subject_id, event.actor_id, event.version, event.position, event.type,
           log.choice_of(event.data), false, event.data ? 'anonymous'
    FROM others
    JOIN log.events AS event
      ON event.subject_id = others.subject_id AND event.actor_id = others.actor_id
     AND event.version = others.version
    WHERE event.position <= $1
      AND event.type NOT IN ('EventRetracted', 'EventReinstated')
) AS event
LEFT JOIN rulings AS ruling
  ON ruling.subject_id = event.subject_id AND ruling.actor_id = event.actor_id AND ruling.position = event.position
