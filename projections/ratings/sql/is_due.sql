-- Tell whether ratings are stale, or older than the last preference, than a ruling on one, or than the rule by which they
-- count: $1 is the context that all preferences count in, $2 the subject of rules. Leans on matchups_position, on the
-- primary key of the fits and on that of the events.
SELECT coalesce(fitted.stale OR fitted.position < greatest(last.position, adopted.position),
                last.position IS NOT NULL)
FROM (SELECT max(position) AS position FROM matchups) AS last
LEFT JOIN rating_fits AS fitted ON fitted.subject_id = 0 AND fitted.context = $1
LEFT JOIN (
    SELECT position FROM events
    WHERE subject_id = $2 AND actor_id = '00000000-0000-0000-0000-000000000000'
    ORDER BY version DESC LIMIT 1
) AS adopted ON true
