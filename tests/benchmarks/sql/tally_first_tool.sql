-- Tally the most voted tool from the log alone: what an answer without read models has to do.
SELECT count(*) FILTER (WHERE choice = 'ship'), count(*) FILTER (WHERE choice = 'skip')
FROM (
    SELECT DISTINCT ON (actor_id) data ->> 'choice' AS choice
    FROM log.events
    WHERE subject_id = (SELECT subject_id FROM read.community ORDER BY ship + skip DESC LIMIT 1)
      AND type IN ('VoteCast', 'VoteWithdrawn')
    ORDER BY actor_id, version DESC
) AS ballot
