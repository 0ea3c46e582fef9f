-- Make what the community's fold makes of a log without rulings, in one statement: its changes by tool, hour and cell of
-- 65,536 events: the choice of each event, less that of the one before it in the same ballot.
CREATE TEMP TABLE tally AS
SELECT subject_id, date_bin('1 hour', recorded_at, 'epoch') AS hour, position / 65536 AS cell,
       count(*) FILTER (WHERE here) AS events, coalesce(sum(ship), 0) AS ship, sum(cast_votes) - coalesce(sum(ship), 0) AS skip,
       coalesce(sum(ship), 0) AS corrected_ship, sum(cast_votes) - coalesce(sum(ship), 0) AS corrected_skip,
       max(position) AS position
FROM (
    SELECT subject_id, recorded_at, position, true AS here,
           (type = 'VoteCast')::integer AS cast_votes, (data ->> 'choice' = 'ship')::integer AS ship
    FROM log.events
    WHERE type IN ('VoteCast', 'VoteWithdrawn')
    UNION ALL
    SELECT event.subject_id, event.recorded_at, event.position, false,
           -(before.type = 'VoteCast')::integer, -(before.data ->> 'choice' = 'ship')::integer
    FROM log.events AS event
    JOIN log.events AS before
      ON before.subject_id = event.subject_id AND before.actor_id = event.actor_id
     AND before.version = event.version - 1
    WHERE event.version > 1 AND event.type IN ('VoteCast', 'VoteWithdrawn')
) AS change
GROUP BY subject_id, hour, cell
