-- Add up the history of every tool.
INSERT INTO read.community (subject_id, ship, skip, tie, position)
SELECT subject_id, sum(ship), sum(skip), 0, max(position) FROM read.community_history GROUP BY subject_id
