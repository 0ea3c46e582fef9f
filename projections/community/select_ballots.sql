-- Name the ballots that were ruled on, now or later, and have an event in ($1, $2]; a review is none.
-- Leans on events_position for the range, and on events_rulings and events_reviews alone for the rest.
SELECT DISTINCT event.subject_id, event.actor_id
FROM events AS event
WHERE event.position > $1 AND event.position <= $2
  AND event.type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn',
                     'EventRetracted', 'EventReinstated')
  AND EXISTS (
      SELECT FROM events AS ruling
      WHERE ruling.subject_id = event.subject_id AND ruling.actor_id = event.actor_id
        AND ruling.type IN ('EventRetracted', 'EventReinstated')
  )
  AND NOT EXISTS (
      SELECT FROM events AS review
      WHERE review.subject_id = event.subject_id AND review.actor_id = event.actor_id
        AND review.type IN ('ReviewSubmitted', 'ReviewRevised', 'ReviewWithdrawn')
  )
