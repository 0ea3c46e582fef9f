-- List up to $1 pairs of tools that were held against each other, those met last first, and when that was. Leans on
-- matchups_position and on the log's index on position.
SELECT meeting.left_slug, meeting.right_slug, event.recorded_at AS changed_at
FROM (
    SELECT left_slug, right_slug, max(position) AS position
    FROM matchups GROUP BY left_slug, right_slug
    ORDER BY max(position) DESC LIMIT $1
) AS meeting
JOIN log.events AS event ON event.position = meeting.position
ORDER BY meeting.position DESC
