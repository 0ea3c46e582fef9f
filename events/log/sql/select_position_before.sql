-- Find the last position recorded before $1, 0 if there is none, by halving: recorded_at never decreases along
-- positions. Some thirty look-ups in events_position for a thousand million events.
WITH RECURSIVE search (low, high) AS (
    SELECT 0::bigint, position + 1 FROM log.head
    UNION ALL
    SELECT CASE WHEN early THEN middle ELSE low END, CASE WHEN early THEN high ELSE middle END
    FROM (
        SELECT low, high, (low + high) / 2 AS middle,
               (SELECT recorded_at < $1 FROM log.events WHERE position = (low + high) / 2) AS early
        FROM search WHERE high - low > 1
    ) AS halved
)
SELECT max(low) FROM search
