-- Add changes to the tallies: $1 subject ids, $2 ship, $3 skip, $4 tie, $5 last positions. Leans on the primary key.
INSERT INTO community AS tally (subject_id, ship, skip, tie, position)
SELECT subject_id, sum(ship), sum(skip), sum(tie), max(position)
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
    AS change (subject_id, ship, skip, tie, position)
GROUP BY subject_id
ON CONFLICT (subject_id) DO UPDATE
SET ship = tally.ship + excluded.ship,
    skip = tally.skip + excluded.skip,
    tie = tally.tie + excluded.tie,
    position = greatest(tally.position, excluded.position)
