-- Gather what decides up to position $1 in every stream of targets, in a table that goes with the transaction. Each target
-- with its value (null for a withdrawal), why it does not count now (null if it does), and whether the batch would rule
-- on it: $2 retracts (true) or reinstates, $3 is the id of the batch it reverts, or null. And of all else in the stream
-- the last that counts, which goes on counting; in a ballot of n events that takes up to n² comparisons.
-- A target is overtaken if it is the first event of its stream and alone meant in it, another came since, and nobody ruled
-- on any: then another counts, before and after. There nothing is looked up, nor in a stream that is meant whole.
-- Leans on events_rulings, and on the events' primary key for the last version and that last event; streams are sorted, so
-- that neighbours are found on the same pages.
CREATE TEMP TABLE said ON COMMIT DROP AS
WITH streams AS MATERIALIZED (
    SELECT subject_id, actor_id, array_agg(version) AS versions, max(version) AS last, min(next) AS next FROM targets
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
), ruled AS MATERIALIZED (
    SELECT subject_id, actor_id, array_agg(position) FILTER (WHERE retracts) AS retracted FROM rulings
    GROUP BY subject_id, actor_id
), others AS MATERIALIZED (
    SELECT streams.*, ruled.retracted,
           streams.versions = '{1}' AND streams.next <= $1 AND ruled.actor_id IS NULL AS overtaken
    FROM streams
    LEFT JOIN ruled ON ruled.subject_id = streams.subject_id AND ruled.actor_id = streams.actor_id
)
SELECT target.subject_id, target.actor_id, target.version, target.type, target.value,
       CASE WHEN ruling.retracts THEN ruling.reason END AS reason,
       coalesce(ruling.retracts, false) <> $2
           AND ($3::text IS NULL OR ruling.batch IS NOT DISTINCT FROM $3) AS ruled,
       target.anonymous, overtaken.actor_id IS NOT NULL AS overtaken
FROM targets AS target
LEFT JOIN others AS overtaken
  ON overtaken.subject_id = target.subject_id AND overtaken.actor_id = target.actor_id AND overtaken.overtaken
LEFT JOIN rulings AS ruling
  ON ruling.subject_id = target.subject_id AND ruling.actor_id = target.actor_id
 AND ruling.position = target.position
UNION ALL
SELECT others.subject_id, others.actor_id, other.version, other.type, log.choice_of(other.data), NULL, false,
       other.data ? 'anonymous', false
FROM others
CROSS JOIN LATERAL (
    SELECT event.version, event.type, event.data
    FROM log.events AS event
    WHERE event.subject_id = others.subject_id AND event.actor_id = others.actor_id
      AND event.position <= $1 AND event.type NOT IN ('EventRetracted', 'EventReinstated')
      AND event.version <> ALL (others.versions)
      AND event.position <> ALL (coalesce(others.retracted, '{}'))
    ORDER BY event.version DESC LIMIT 1
) AS other
WHERE NOT others.overtaken AND (cardinality(others.versions) < others.last OR cardinality(others.versions) < (
    SELECT event.version FROM log.events AS event
    WHERE event.subject_id = others.subject_id AND event.actor_id = others.actor_id
    ORDER BY event.version DESC LIMIT 1
))
