-- Gather what decides up to position $1 in every stream of targets, in a table that goes with the transaction. Each target
-- with its value (null for a withdrawal), why it does not count now (null if it does), and whether the batch would rule
-- on it: $2 retracts (true) or reinstates, $3 is the id of the batch it reverts, or null. And of all else in the stream
-- the last that counts, which goes on counting; a ballot of n events that are all meant takes n² comparisons to see that
-- there is none.
-- Leans on events_rulings, and on the events' primary key for that last event; streams are sorted, so that neighbours are
-- found on the same pages.
CREATE TEMP TABLE said ON COMMIT DROP AS
WITH streams AS MATERIALIZED (
    SELECT subject_id, actor_id, array_agg(version) AS versions FROM targets
    GROUP BY subject_id, actor_id
    ORDER BY subject_id, actor_id
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
), retracted AS MATERIALIZED (
    SELECT subject_id, actor_id, array_agg(position) AS positions FROM rulings WHERE retracts
    GROUP BY subject_id, actor_id
)
SELECT target.subject_id, target.actor_id, target.version, target.type, target.value,
       CASE WHEN ruling.retracts THEN ruling.reason END AS reason,
       coalesce(ruling.retracts, false) <> $2
           AND ($3::text IS NULL OR ruling.batch IS NOT DISTINCT FROM $3) AS ruled,
       target.anonymous
FROM targets AS target
LEFT JOIN rulings AS ruling
  ON ruling.subject_id = target.subject_id AND ruling.actor_id = target.actor_id
 AND ruling.position = target.position
UNION ALL
SELECT streams.subject_id, streams.actor_id, other.version, other.type, log.choice_of(other.data), NULL, false,
       other.data ? 'anonymous'
FROM streams
LEFT JOIN retracted ON retracted.subject_id = streams.subject_id AND retracted.actor_id = streams.actor_id
CROSS JOIN LATERAL (
    SELECT event.version, event.type, event.data
    FROM log.events AS event
    WHERE event.subject_id = streams.subject_id AND event.actor_id = streams.actor_id
      AND event.position <= $1 AND event.type NOT IN ('EventRetracted', 'EventReinstated')
      AND event.version <> ALL (streams.versions)
      AND event.position <> ALL (coalesce(retracted.positions, '{}'))
    ORDER BY event.version DESC LIMIT 1
) AS other
