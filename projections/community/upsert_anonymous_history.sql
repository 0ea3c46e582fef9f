-- Add `changes` to the history of what was said without an account. Leans on the primary key.
INSERT INTO anonymous_history AS slice
    (subject_id, hour, cell, ship, skip, tie, corrected_ship, corrected_skip, corrected_tie)
SELECT subject_id, hour, cell, anonymous_ship, anonymous_skip, anonymous_tie,
       corrected_anonymous_ship, corrected_anonymous_skip, corrected_anonymous_tie
FROM changes
WHERE (anonymous_ship, anonymous_skip, anonymous_tie,
       corrected_anonymous_ship, corrected_anonymous_skip, corrected_anonymous_tie) <> (0, 0, 0, 0, 0, 0)
ON CONFLICT (subject_id, hour, cell) DO UPDATE
SET ship = slice.ship + excluded.ship,
    skip = slice.skip + excluded.skip,
    tie = slice.tie + excluded.tie,
    corrected_ship = slice.corrected_ship + excluded.corrected_ship,
    corrected_skip = slice.corrected_skip + excluded.corrected_skip,
    corrected_tie = slice.corrected_tie + excluded.corrected_tie
