-- Count the votes on the most voted tool.
SELECT max(votes) FROM (SELECT count(*) AS votes FROM log.events WHERE type = 'VoteCast' GROUP BY subject_id) AS each
