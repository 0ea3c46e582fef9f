-- Tally the crowd's votes: the last vote event of each ballot, found by sorting.
CREATE TEMP TABLE tally AS
SELECT subject_id,
       count(*) FILTER (WHERE choice = 'ship') AS ship,
       count(*) FILTER (WHERE choice = 'skip') AS skip,
       max(position) AS position
FROM (
    SELECT DISTINCT ON (subject_id, actor_id) subject_id, position, data ->> 'choice' AS choice
    FROM log.events
    WHERE type IN ('VoteCast', 'VoteWithdrawn')
    ORDER BY subject_id, actor_id, version DESC
) AS ballot
GROUP BY subject_id
