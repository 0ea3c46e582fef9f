-- Read the stream of the event at position $1, up to position $2 and up to $3 events to either side of that one, in order:
-- each one's position and version, and of the stream its subject, its actor and its last version.
-- Leans on events_position, and on the primary key within the stream.
SELECT near.position, near.version, near.subject_id, near.actor_id,
       (
           SELECT later.version FROM log.events AS later
           WHERE later.subject_id = event.subject_id AND later.actor_id = event.actor_id AND later.position <= $2
           ORDER BY later.version DESC LIMIT 1
       ) AS last_version
FROM log.events AS event
JOIN log.events AS near
  ON near.subject_id = event.subject_id AND near.actor_id = event.actor_id
 AND near.version >= event.version - $3::integer AND near.version <= event.version + $3
WHERE event.position = $1 AND near.position <= $2
ORDER BY near.version
