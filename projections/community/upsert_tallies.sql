-- Add changes to the tallies: $1 subject ids, $2 ship, $3 skip, $4 last positions. Leans on the primary key.
INSERT INTO community AS tally (subject_id, ship, skip, position)
SELECT subject_id, sum(ship), sum(skip), max(position)
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS change (subject_id, ship, skip, position)
GROUP BY subject_id
ON CONFLICT (subject_id) DO UPDATE
SET ship = tally.ship + excluded.ship,
    skip = tally.skip + excluded.skip,
    position = greatest(tally.position, excluded.position)
