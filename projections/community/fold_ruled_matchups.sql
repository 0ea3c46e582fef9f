-- Note the last ruling in ($1, $2] on a preference in each matchup; runs after the preferences themselves. Leans on
-- events_rare.
UPDATE matchups AS matchup
SET position = ruling.position
FROM (
    SELECT subject_id, max(position) AS position
    FROM events
    WHERE position > $1 AND position <= $2 AND type IN ('EventRetracted', 'EventReinstated')
    GROUP BY subject_id
) AS ruling
WHERE matchup.subject_id = ruling.subject_id AND matchup.position < ruling.position
RETURNING matchup.subject_id
