-- Add `changes` to the tallies. Leans on the primary key.
INSERT INTO community AS tally (subject_id, ship, skip, tie, position)
SELECT subject_id, sum(ship), sum(skip), sum(tie), max(position) FROM changes GROUP BY subject_id
ON CONFLICT (subject_id) DO UPDATE
SET ship = tally.ship + excluded.ship,
    skip = tally.skip + excluded.skip,
    tie = tally.tie + excluded.tie,
    position = greatest(tally.position, excluded.position)
RETURNING subject_id
