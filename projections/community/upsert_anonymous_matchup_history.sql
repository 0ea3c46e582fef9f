-- Add `changes` to the history of preferences without an account. Leans on the primary key.
INSERT INTO anonymous_matchup_history AS slice
    (subject_id, hour, cell, left_wins, right_wins, ties, corrected_left_wins, corrected_right_wins, corrected_ties)
SELECT subject_id, hour, cell, anonymous_left_wins, anonymous_right_wins, anonymous_ties,
       corrected_anonymous_left_wins, corrected_anonymous_right_wins, corrected_anonymous_ties
FROM changes
WHERE anonymous AND in_matchup
ON CONFLICT (subject_id, hour, cell) DO UPDATE
SET left_wins = slice.left_wins + excluded.left_wins,
    right_wins = slice.right_wins + excluded.right_wins,
    ties = slice.ties + excluded.ties,
    corrected_left_wins = slice.corrected_left_wins + excluded.corrected_left_wins,
    corrected_right_wins = slice.corrected_right_wins + excluded.corrected_right_wins,
    corrected_ties = slice.corrected_ties + excluded.corrected_ties
