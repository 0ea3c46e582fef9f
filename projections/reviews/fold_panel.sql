-- Count the panel anew for each tool with a review's event, or a ruling on one, in ($1, $2]; runs after the reviews
-- themselves. Leans on events_rare, and on events_reviews to tell rulings on reviews from those on votes.
INSERT INTO panel AS tally (subject_id, ship, skip, position)
SELECT touched.subject_id,
       count(*) FILTER (WHERE review.verdict = 'ship'),
       count(*) FILTER (WHERE review.verdict = 'skip'),
       touched.position
FROM (
    SELECT event.subject_id, max(event.position) AS position
    FROM events AS event
    WHERE event.position > $1 AND event.position <= $2
      AND event.type IN ('ReviewSubmitted', 'ReviewRevised', 'ReviewWithdrawn', 'EventRetracted', 'EventReinstated')
      AND EXISTS (
          SELECT FROM events AS review
          WHERE review.subject_id = event.subject_id AND review.actor_id = event.actor_id
            AND review.type IN ('ReviewSubmitted', 'ReviewRevised', 'ReviewWithdrawn')
      )
    GROUP BY event.subject_id
) AS touched
LEFT JOIN reviews AS review ON review.subject_id = touched.subject_id
GROUP BY touched.subject_id, touched.position
ON CONFLICT (subject_id) DO UPDATE
SET ship = excluded.ship, skip = excluded.skip, position = excluded.position
RETURNING subject_id
