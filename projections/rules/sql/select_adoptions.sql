-- Read which rules were adopted up to position $2, in order, and by order of which account (null where nobody knows any
-- more): $1 is the subject of rules. Leans on the events' primary key.
SELECT event.data ->> 'rule' AS rule, event.position, event.recorded_at, adoption.ordered_by
FROM events AS event
LEFT JOIN log.adoptions AS adoption ON adoption.subject_id = 0 AND adoption.id::text = event.data ->> 'order'
WHERE event.subject_id = $1 AND event.actor_id = '00000000-0000-0000-0000-000000000000' AND event.position <= $2
ORDER BY event.version
