-- Add changes to the exclusions as they are: the parameters are those of upsert_exclusions.sql, of which $1, $4
-- and $5 matter here. Leans on the primary key.
INSERT INTO excluded AS tally (subject_id, reason, votes)
SELECT subject_id, reason, sum(votes)
FROM unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[])
    AS change (subject_id, hour, cell, reason, votes, corrected_votes)
GROUP BY subject_id, reason
ON CONFLICT (subject_id, reason) DO UPDATE SET votes = tally.votes + excluded.votes
