-- Add up the history of every tool by the week.
SELECT count(*) FROM (
    SELECT subject_id, date_bin('7 days', hour, '2001-01-01 00:00:00+00') AS start, sum(ship), sum(skip)
    FROM read.community_history
    GROUP BY subject_id, start
) AS week
