-- Drop the reviews that were withdrawn in ($1, $2] after their last text.
DELETE FROM reviews AS review
USING log.events AS event
WHERE event.position > $1 AND event.position <= $2 AND event.type = 'ReviewWithdrawn'
  AND event.subject_id = review.subject_id AND event.actor_id = review.actor_id
  AND event.position > review.position
RETURNING review.subject_id
