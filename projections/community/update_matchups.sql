-- Add `changes` to the counts of matchups, which fold_matchups.sql has entered. Leans on the primary key.
UPDATE matchups AS matchup
SET left_wins = matchup.left_wins + change.left_wins,
    right_wins = matchup.right_wins + change.right_wins,
    ties = matchup.ties + change.ties,
    position = greatest(matchup.position, change.position)
FROM (
    SELECT subject_id, sum(left_wins) AS left_wins, sum(right_wins) AS right_wins, sum(ties) AS ties,
           max(position) AS position
    FROM changes
    WHERE in_matchup
    GROUP BY subject_id
) AS change
WHERE matchup.subject_id = change.subject_id
RETURNING matchup.subject_id
