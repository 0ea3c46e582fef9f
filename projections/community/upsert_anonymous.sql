-- Add `changes` to the tallies of votes without an account. Leans on the primary key.
INSERT INTO anonymous AS tally (subject_id, ship, skip)
SELECT subject_id, sum(anonymous_ship), sum(anonymous_skip)
FROM changes
WHERE anonymous AND NOT in_matchup
GROUP BY subject_id
ON CONFLICT (subject_id) DO UPDATE SET ship = tally.ship + excluded.ship, skip = tally.skip + excluded.skip
