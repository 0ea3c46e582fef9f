-- Drop the reviews of which an event, or a ruling on one, is in ($1, $2]; what stands of them is put back next.
-- Leans on events_rare and on the reviews' primary key.
DELETE FROM reviews AS review
USING events AS event
WHERE event.position > $1 AND event.position <= $2
  AND event.type IN ('ReviewSubmitted', 'ReviewRevised', 'ReviewWithdrawn', 'EventRetracted', 'EventReinstated')
  AND event.subject_id = review.subject_id AND event.actor_id = review.actor_id
RETURNING review.subject_id
