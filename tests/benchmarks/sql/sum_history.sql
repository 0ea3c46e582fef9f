-- Add up the history of every tool.
INSERT INTO read.community (subject_id, ship, skip, position)
SELECT subject_id, sum(ship), sum(skip), max(position) FROM read.community_history GROUP BY subject_id
