-- Add `changes` to the tallies of tools. Leans on the primary key.
INSERT INTO community AS tally (subject_id, ship, skip, position)
SELECT subject_id, sum(ship), sum(skip), max(position) FROM changes WHERE NOT in_matchup GROUP BY subject_id
ON CONFLICT (subject_id) DO UPDATE
SET ship = tally.ship + excluded.ship,
    skip = tally.skip + excluded.skip,
    position = greatest(tally.position, excluded.position)
RETURNING subject_id
