-- Name the contexts whose ratings are stale, or older than the last preference in them, than a ruling on one, or than the
-- rule by which they count: $1 is the context that all preferences count in, $2 the subject of rules. Reads all matchups.
SELECT due.context
FROM (
    SELECT $1 AS context, max(position) AS position FROM matchups
    UNION ALL
    SELECT context, max(position) FROM matchups WHERE context <> $1 GROUP BY context
) AS due
LEFT JOIN rating_fits AS fitted ON fitted.subject_id = 0 AND fitted.context = due.context
LEFT JOIN (
    SELECT position FROM events
    WHERE subject_id = $2 AND actor_id = '00000000-0000-0000-0000-000000000000'
    ORDER BY version DESC LIMIT 1
) AS adopted ON true
WHERE due.position > coalesce(fitted.position, 0) OR adopted.position > fitted.position OR fitted.stale
ORDER BY due.context
