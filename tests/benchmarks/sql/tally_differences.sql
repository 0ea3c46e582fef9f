-- Tally the crowd's votes: what each event says, less what the one before it in the same ballot said.
CREATE TEMP TABLE tally AS
SELECT subject_id, sum(ship) AS ship, sum(skip) AS skip, max(position) AS position
FROM (
    SELECT subject_id, position,
           (data ->> 'choice' = 'ship')::integer AS ship, (data ->> 'choice' = 'skip')::integer AS skip
    FROM log.events
    WHERE type IN ('VoteCast', 'VoteWithdrawn')
    UNION ALL
    SELECT event.subject_id, event.position,
           -(before.data ->> 'choice' = 'ship')::integer, -(before.data ->> 'choice' = 'skip')::integer
    FROM log.events AS event
    JOIN log.events AS before
      ON before.subject_id = event.subject_id AND before.actor_id = event.actor_id
     AND before.version = event.version - 1
    WHERE event.version > 1 AND event.type IN ('VoteCast', 'VoteWithdrawn')
) AS change
GROUP BY subject_id
