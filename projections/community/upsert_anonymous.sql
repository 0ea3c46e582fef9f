-- Add changes to the tallies of what is said without an account: $1 subject ids, $2 ship, $3 skip, $4 tie. Leans on the
-- primary key.
INSERT INTO anonymous AS tally (subject_id, ship, skip, tie)
SELECT subject_id, sum(ship), sum(skip), sum(tie)
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS change (subject_id, ship, skip, tie)
GROUP BY subject_id
HAVING (sum(ship), sum(skip), sum(tie)) <> (0, 0, 0)
ON CONFLICT (subject_id) DO UPDATE
SET ship = tally.ship + excluded.ship, skip = tally.skip + excluded.skip, tie = tally.tie + excluded.tie
