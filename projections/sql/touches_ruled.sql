-- Tell whether an event in ($1, $2] is of a stream that was ruled on: one row or none. Leans on events_rulings, and on
-- events_position or the events' primary key, whichever side is shorter.
SELECT true FROM log.events AS event
JOIN log.events AS ruling
  ON ruling.subject_id = event.subject_id AND ruling.actor_id = event.actor_id
 AND ruling.type IN ('EventRetracted', 'EventReinstated')
WHERE event.position > $1 AND event.position <= $2
LIMIT 1
