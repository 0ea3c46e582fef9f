-- Add `changes` to the exclusions as they are. Leans on the primary key.
INSERT INTO excluded AS tally (subject_id, reason, votes)
SELECT subject_id, reason, sum(votes) FROM changes GROUP BY subject_id, reason
ON CONFLICT (subject_id, reason) DO UPDATE SET votes = tally.votes + excluded.votes
RETURNING subject_id
