-- Sum up by how many a batch would change the votes that do not count, by tool or matchup and reason; $1 is the batch's own.
SELECT subject_id, coalesce(reason, $1) AS reason, sum(CASE WHEN reason IS NULL THEN 1 ELSE -1 END) AS votes
FROM said WHERE ruled AND type IN ('VoteCast', 'PreferenceCast')
GROUP BY 1, 2
