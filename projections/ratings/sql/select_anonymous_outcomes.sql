-- Read for every matchup how much of its counts is of people without an account.
SELECT subject_id, left_wins, right_wins, ties FROM anonymous_matchups
