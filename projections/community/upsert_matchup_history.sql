-- Add `changes` to the history of matchups. In the order of the primary key, which it leans on, so that neighbours go to the
-- same pages.
INSERT INTO matchup_history AS slice
    (subject_id, hour, cell, left_wins, right_wins, ties, corrected_left_wins, corrected_right_wins, corrected_ties)
SELECT subject_id, hour, cell, left_wins, right_wins, ties, corrected_left_wins, corrected_right_wins, corrected_ties
FROM changes
WHERE in_matchup
ORDER BY subject_id, hour, cell
ON CONFLICT (subject_id, hour, cell) DO UPDATE
SET left_wins = slice.left_wins + excluded.left_wins,
    right_wins = slice.right_wins + excluded.right_wins,
    ties = slice.ties + excluded.ties,
    corrected_left_wins = slice.corrected_left_wins + excluded.corrected_left_wins,
    corrected_right_wins = slice.corrected_right_wins + excluded.corrected_right_wins,
    corrected_ties = slice.corrected_ties + excluded.corrected_ties
