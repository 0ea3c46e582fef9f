-- How the rulings in ($1, $2] change the number of cast votes that are retracted, by reason: as published in the
-- hour and cell (of $3 events) of the ruling, as corrected in those of the vote. A ruling adds what it says and
-- takes back what the ruling before it on the same vote said.
-- Leans on events_rare, and on events_rulings and the events' primary key for the rest of the ballot.
WITH ruling AS (
    SELECT event.subject_id, event.actor_id, event.position, event.recorded_at,
           (event.data ->> 'target')::bigint AS target,
           CASE event.type WHEN 'EventRetracted' THEN event.data ->> 'reason' END AS reason,
           lag(CASE event.type WHEN 'EventRetracted' THEN event.data ->> 'reason' END) OVER (
               PARTITION BY event.subject_id, event.actor_id, (event.data ->> 'target')::bigint ORDER BY event.position
           ) AS reason_before
    FROM (
        SELECT DISTINCT subject_id, actor_id FROM events
        WHERE position > $1 AND position <= $2 AND type IN ('EventRetracted', 'EventReinstated')
    ) AS ruled
    JOIN events AS event
      ON event.subject_id = ruled.subject_id AND event.actor_id = ruled.actor_id
     AND event.type IN ('EventRetracted', 'EventReinstated') AND event.position <= $2
), change AS (
    SELECT ruling.*, vote.recorded_at AS voted_at
    FROM ruling
    JOIN events AS vote
      ON vote.subject_id = ruling.subject_id AND vote.actor_id = ruling.actor_id
     AND vote.position = ruling.target AND vote.type = 'VoteCast'
    WHERE ruling.position > $1
)
SELECT subject_id, date_bin('1 hour', recorded_at, 'epoch') AS hour, position / $3::bigint AS cell, reason,
       sum(votes) AS votes, sum(corrected_votes) AS corrected_votes
FROM (
    SELECT subject_id, recorded_at, position, reason, 1 AS votes, 0 AS corrected_votes FROM change
    UNION ALL
    SELECT subject_id, recorded_at, position, reason_before, -1, 0 FROM change
    UNION ALL
    SELECT subject_id, voted_at, target, reason, 0, 1 FROM change
    UNION ALL
    SELECT subject_id, voted_at, target, reason_before, 0, -1 FROM change
) AS exclusion
WHERE reason IS NOT NULL
GROUP BY subject_id, hour, cell, reason
