-- How the rulings in ($1, $2] on some ballots ($4 subject ids, $5 actor ids) change the number of cast votes that are
-- retracted, by reason: as published in the hour and cell (of $3 events) of the ruling, as corrected in those of the
-- vote. A ruling adds what it says and takes back what the ruling before it on the same vote said.
-- Leans on the events' primary key.
WITH ruling AS (
    SELECT subject_id, position, recorded_at, vote, reason,
           first_value(recorded_at) OVER same_vote AS voted_at,
           lag(reason) OVER same_vote AS reason_before,
           first_value(type) OVER same_vote IN ('VoteCast', 'PreferenceCast') AS votes
    FROM (
        SELECT subject_id, actor_id, position, recorded_at, type,
               coalesce((data ->> 'target')::bigint, position) AS vote,
               CASE type WHEN 'EventRetracted' THEN data ->> 'reason' END AS reason
        FROM events
        WHERE (subject_id, actor_id) IN (SELECT * FROM unnest($4::bigint[], $5::uuid[])) AND position <= $2
    ) AS said
    WINDOW same_vote AS (PARTITION BY subject_id, actor_id, vote ORDER BY position)
)
SELECT subject_id, date_bin('1 hour', recorded_at, 'epoch') AS hour, position / $3::bigint AS cell, reason,
       sum(votes) AS votes, sum(corrected_votes) AS corrected_votes
FROM (
    SELECT subject_id, recorded_at, position, reason, 1 AS votes, 0 AS corrected_votes
    FROM ruling WHERE votes AND position > $1
    UNION ALL
    SELECT subject_id, recorded_at, position, reason_before, -1, 0 FROM ruling WHERE votes AND position > $1
    UNION ALL
    SELECT subject_id, voted_at, vote, reason, 0, 1 FROM ruling WHERE votes AND position > $1
    UNION ALL
    SELECT subject_id, voted_at, vote, reason_before, 0, -1 FROM ruling WHERE votes AND position > $1
) AS exclusion
WHERE reason IS NOT NULL
GROUP BY subject_id, hour, cell, reason
