-- Add `changes` to the counts of preferences without an account. Leans on the primary key.
INSERT INTO anonymous_matchups AS tally (subject_id, left_wins, right_wins, ties)
SELECT subject_id, sum(anonymous_left_wins), sum(anonymous_right_wins), sum(anonymous_ties)
FROM changes
WHERE anonymous AND in_matchup
GROUP BY subject_id
ON CONFLICT (subject_id) DO UPDATE
SET left_wins = tally.left_wins + excluded.left_wins,
    right_wins = tally.right_wins + excluded.right_wins,
    ties = tally.ties + excluded.ties
