-- Add changes to the history: $1 subject ids, $2 hours, $3 cells, $4 vote events, $5 ship, $6 skip and $7 tie as
-- published, $8 ship, $9 skip and $10 tie as corrected, $11 last positions. In the order of the
-- primary key, which it leans on, so that neighbours go to the same pages.
INSERT INTO community_history AS slice
    (subject_id, hour, cell, events, ship, skip, tie, corrected_ship, corrected_skip, corrected_tie, position)
SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
                     $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
    AS change (subject_id, hour, cell, events, ship, skip, tie, corrected_ship, corrected_skip, corrected_tie, position)
ORDER BY subject_id, hour, cell
ON CONFLICT (subject_id, hour, cell) DO UPDATE
SET events = slice.events + excluded.events,
    ship = slice.ship + excluded.ship,
    skip = slice.skip + excluded.skip,
    tie = slice.tie + excluded.tie,
    corrected_ship = slice.corrected_ship + excluded.corrected_ship,
    corrected_skip = slice.corrected_skip + excluded.corrected_skip,
    corrected_tie = slice.corrected_tie + excluded.corrected_tie,
    position = greatest(slice.position, excluded.position)
