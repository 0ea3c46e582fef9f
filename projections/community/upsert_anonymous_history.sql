-- Add changes to the history of what was said without an account: $1 subject ids, $2 hours, $3 cells, $4 ship, $5 skip and
-- $6 tie as published, $7 ship, $8 skip and $9 tie as corrected. Leans on the primary key.
INSERT INTO anonymous_history AS slice
    (subject_id, hour, cell, ship, skip, tie, corrected_ship, corrected_skip, corrected_tie)
SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
                     $7::bigint[], $8::bigint[], $9::bigint[])
    AS change (subject_id, hour, cell, ship, skip, tie, corrected_ship, corrected_skip, corrected_tie)
WHERE (ship, skip, tie, corrected_ship, corrected_skip, corrected_tie) <> (0, 0, 0, 0, 0, 0)
ON CONFLICT (subject_id, hour, cell) DO UPDATE
SET ship = slice.ship + excluded.ship,
    skip = slice.skip + excluded.skip,
    tie = slice.tie + excluded.tie,
    corrected_ship = slice.corrected_ship + excluded.corrected_ship,
    corrected_skip = slice.corrected_skip + excluded.corrected_skip,
    corrected_tie = slice.corrected_tie + excluded.corrected_tie
