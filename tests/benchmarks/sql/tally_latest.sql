-- Tally the crowd's votes: the vote events that no later one of the same ballot follows.
CREATE TEMP TABLE tally AS
SELECT subject_id,
       count(*) FILTER (WHERE data ->> 'choice' = 'ship') AS ship,
       count(*) FILTER (WHERE data ->> 'choice' = 'skip') AS skip,
       max(position) AS position
FROM log.events AS event
WHERE type IN ('VoteCast', 'VoteWithdrawn')
  AND NOT EXISTS (
      SELECT FROM log.events AS later
      WHERE later.subject_id = event.subject_id AND later.actor_id = event.actor_id
        AND later.version = event.version + 1
  )
GROUP BY subject_id
