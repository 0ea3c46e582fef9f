-- Add `changes` to the history of exclusions. Leans on the primary key.
INSERT INTO exclusions AS slice (subject_id, hour, cell, reason, votes, corrected_votes)
SELECT subject_id, hour, cell, reason, votes, corrected_votes FROM changes
ON CONFLICT (subject_id, hour, cell, reason) DO UPDATE
SET votes = slice.votes + excluded.votes, corrected_votes = slice.corrected_votes + excluded.corrected_votes
