-- Fold the votes in ($1, $2] into the tallies: each event adds what it says and takes back what the event
-- before it in the same ballot said. The differences of a ballot add up to (its last vote in the range)
-- minus (its last vote before the range), so nothing has to be sorted, and only changes of mind look back.
-- Leans on events_position, and on the events' primary key for the event before.
INSERT INTO community AS tally (subject_id, ship, skip, position)
SELECT subject_id, sum(ship), sum(skip), max(position)
FROM (
    SELECT subject_id, position,
           (type = 'VoteCast' AND data ->> 'choice' = 'ship')::integer AS ship,
           (type = 'VoteCast' AND data ->> 'choice' = 'skip')::integer AS skip
    FROM log.events
    WHERE position > $1 AND position <= $2 AND type IN ('VoteCast', 'VoteWithdrawn')
    UNION ALL
    SELECT event.subject_id, event.position,
           -(before.type = 'VoteCast' AND before.data ->> 'choice' = 'ship')::integer,
           -(before.type = 'VoteCast' AND before.data ->> 'choice' = 'skip')::integer
    FROM log.events AS event
    JOIN log.events AS before
      ON before.subject_id = event.subject_id
     AND before.actor_id = event.actor_id
     AND before.version = event.version - 1
    WHERE event.position > $1 AND event.position <= $2 AND event.version > 1
      AND event.type IN ('VoteCast', 'VoteWithdrawn')
) AS change
GROUP BY subject_id
ON CONFLICT (subject_id) DO UPDATE
SET ship = tally.ship + excluded.ship, skip = tally.skip + excluded.skip, position = excluded.position
RETURNING subject_id
