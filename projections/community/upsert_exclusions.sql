-- Add changes to the history of exclusions: $1 subject ids, $2 hours, $3 cells, $4 reasons, $5 votes as published,
-- $6 votes as corrected. Leans on the primary key.
INSERT INTO exclusions AS slice (subject_id, hour, cell, reason, votes, corrected_votes)
SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[])
ON CONFLICT (subject_id, hour, cell, reason) DO UPDATE
SET votes = slice.votes + excluded.votes, corrected_votes = slice.corrected_votes + excluded.corrected_votes
