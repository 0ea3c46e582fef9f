-- Read all events of the reviews of the tools $1, and the rulings on them, up to position $2, in order. Only rulings have
-- a target, only reviews a verdict. Leans on events_reviews and the events' primary key.
SELECT event.subject_id, event.actor_id, event.position, event.recorded_at,
       event.data ->> 'verdict' AS verdict, (event.data ->> 'target')::bigint AS target,
       event.type = 'EventRetracted' AS retracts
FROM (
    SELECT DISTINCT subject_id, actor_id FROM events
    WHERE subject_id = ANY ($1::bigint[]) AND type IN ('ReviewSubmitted', 'ReviewRevised', 'ReviewWithdrawn')
) AS review
JOIN events AS event ON event.subject_id = review.subject_id AND event.actor_id = review.actor_id
WHERE event.position <= $2
ORDER BY event.position
