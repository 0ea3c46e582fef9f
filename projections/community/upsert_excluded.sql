-- Add changes to the exclusions as they are: $1 subject ids, $2 reasons, $3 votes. Leans on the primary key.
INSERT INTO excluded AS tally (subject_id, reason, votes)
SELECT subject_id, reason, sum(votes)
FROM unnest($1::bigint[], $2::text[], $3::bigint[]) AS change (subject_id, reason, votes)
GROUP BY subject_id, reason
ON CONFLICT (subject_id, reason) DO UPDATE SET votes = tally.votes + excluded.votes
