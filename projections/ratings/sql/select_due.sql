-- Name the contexts whose ratings are stale, or older than the last preference in them, or ruling on one: $1 is the context that
-- all of them count in. Reads all matchups.
SELECT due.context
FROM (
    SELECT $1 AS context, max(position) AS position FROM matchups
    UNION ALL
    SELECT context, max(position) FROM matchups WHERE context <> $1 GROUP BY context
) AS due
LEFT JOIN rating_fits AS fitted ON fitted.subject_id = 0 AND fitted.context = due.context
WHERE due.position > coalesce(fitted.position, 0) OR fitted.stale
ORDER BY due.context
