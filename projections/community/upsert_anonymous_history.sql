-- Add `changes` to the history of votes without an account. Leans on the primary key.
INSERT INTO anonymous_history AS slice (subject_id, hour, cell, ship, skip, corrected_ship, corrected_skip)
SELECT subject_id, hour, cell, anonymous_ship, anonymous_skip, corrected_anonymous_ship, corrected_anonymous_skip
FROM changes
WHERE anonymous AND NOT in_matchup
ON CONFLICT (subject_id, hour, cell) DO UPDATE
SET ship = slice.ship + excluded.ship,
    skip = slice.skip + excluded.skip,
    corrected_ship = slice.corrected_ship + excluded.corrected_ship,
    corrected_skip = slice.corrected_skip + excluded.corrected_skip
