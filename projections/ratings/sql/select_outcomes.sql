-- Read the counts of every matchup, whatever its context: to look for a hundred thousand by their keys takes longer.
SELECT subject_id, left_wins, right_wins, ties FROM matchups
