-- Add `changes` to the history of tools. In the order of the primary key, which it leans on, so that neighbours go to the
-- same pages.
INSERT INTO community_history AS slice
    (subject_id, hour, cell, events, ship, skip, corrected_ship, corrected_skip, position)
SELECT subject_id, hour, cell, events, ship, skip, corrected_ship, corrected_skip, position
FROM changes
WHERE NOT in_matchup
ORDER BY subject_id, hour, cell
ON CONFLICT (subject_id, hour, cell) DO UPDATE
SET events = slice.events + excluded.events,
    ship = slice.ship + excluded.ship,
    skip = slice.skip + excluded.skip,
    corrected_ship = slice.corrected_ship + excluded.corrected_ship,
    corrected_skip = slice.corrected_skip + excluded.corrected_skip,
    position = greatest(slice.position, excluded.position)
