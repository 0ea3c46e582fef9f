-- Put what stands of each review with an event, or a ruling on one, in ($1, $2]: its last event that is not retracted,
-- unless that is a withdrawal. Leans on events_rare for the range, on events_reviews and events_rulings for the rest.
INSERT INTO reviews (subject_id, actor_id, panelist, verdict, headline, body, recorded_at, position)
SELECT touched.subject_id, touched.actor_id, data ->> 'panelist', data ->> 'verdict', data ->> 'headline',
       data ->> 'body', recorded_at, position
FROM (
    SELECT DISTINCT subject_id, actor_id FROM events
    WHERE position > $1 AND position <= $2
      AND type IN ('ReviewSubmitted', 'ReviewRevised', 'ReviewWithdrawn', 'EventRetracted', 'EventReinstated')
) AS touched
JOIN LATERAL (
    SELECT review.type, review.data, review.recorded_at, review.position
    FROM events AS review
    LEFT JOIN LATERAL (
        SELECT ruling.type FROM events AS ruling
        WHERE ruling.subject_id = review.subject_id AND ruling.actor_id = review.actor_id
          AND ruling.type IN ('EventRetracted', 'EventReinstated')
          AND ruling.data ->> 'target' = review.position::text AND ruling.position <= $2
        ORDER BY ruling.version DESC LIMIT 1
    ) AS ruling ON true
    WHERE review.subject_id = touched.subject_id AND review.actor_id = touched.actor_id
      AND review.type IN ('ReviewSubmitted', 'ReviewRevised', 'ReviewWithdrawn') AND review.position <= $2
      AND ruling.type IS DISTINCT FROM 'EventRetracted'
    ORDER BY review.version DESC LIMIT 1
) AS standing ON standing.type <> 'ReviewWithdrawn'
RETURNING subject_id
