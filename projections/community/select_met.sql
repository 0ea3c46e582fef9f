-- List up to $1 pairs of tools that were held against each other, those met last first, and when that was. Reads all matchups;
-- leans on the log's index on position.
SELECT meeting.left_slug, meeting.right_slug, event.recorded_at AS changed_at
FROM (
    SELECT DISTINCT ON (left_slug, right_slug) subject_id, left_slug, right_slug, position
    FROM matchups ORDER BY left_slug, right_slug, position DESC
) AS meeting
JOIN log.events AS event ON event.subject_id = meeting.subject_id AND event.position = meeting.position
ORDER BY meeting.position DESC LIMIT $1
