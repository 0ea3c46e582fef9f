-- Add `changes` to the tallies of what is said without an account. Leans on the primary key.
INSERT INTO anonymous AS tally (subject_id, ship, skip, tie)
SELECT subject_id, sum(anonymous_ship), sum(anonymous_skip), sum(anonymous_tie)
FROM changes
GROUP BY subject_id
HAVING (sum(anonymous_ship), sum(anonymous_skip), sum(anonymous_tie)) <> (0, 0, 0)
ON CONFLICT (subject_id) DO UPDATE
SET ship = tally.ship + excluded.ship, skip = tally.skip + excluded.skip, tie = tally.tie + excluded.tie
