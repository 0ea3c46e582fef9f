-- Read what the rulings at the positions $1 are about, the last first, up to position $3 and above $2. Leans on
-- events_position.
SELECT DISTINCT target
FROM (
    SELECT CASE WHEN data ->> 'target' ~ '^[0-9]{1,18}$' THEN (data ->> 'target')::bigint END AS target
    FROM log.events WHERE position = ANY ($1::bigint[])
) AS ruling
WHERE target > $2 AND target <= $3
ORDER BY target DESC
