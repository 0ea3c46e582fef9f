-- Find how the votes in ($1, $2] change each hour and cell of $3 events, rulings left out: each event adds what it
-- says and takes back what the event before it in the same ballot said. The differences of a ballot add up to
-- (its last vote in the range) minus (its last vote before the range), so nothing has to be sorted, and only
-- changes of mind look back. A plain SELECT, which Postgres may run on several cores.
-- Leans on events_position, and on the events' primary key for the event before.
SELECT subject_id, false AS in_matchup, date_bin('1 hour', recorded_at, 'epoch') AS hour, position / $3::bigint AS cell,
       count(*) FILTER (WHERE here) AS events,
       coalesce(sum(ship), 0) AS ship, sum(cast_votes) - coalesce(sum(ship), 0) AS skip,
       coalesce(sum(ship), 0) AS corrected_ship, sum(cast_votes) - coalesce(sum(ship), 0) AS corrected_skip,
       max(position) AS position
FROM (
    SELECT subject_id, recorded_at, position, true AS here,
           (type = 'VoteCast')::integer AS cast_votes, (data ->> 'choice' = 'ship')::integer AS ship
    FROM events
    WHERE position > $1 AND position <= $2 AND type IN ('VoteCast', 'VoteWithdrawn')
    UNION ALL
    SELECT event.subject_id, event.recorded_at, event.position, false,
           -(before.type = 'VoteCast')::integer, -(before.data ->> 'choice' = 'ship')::integer
    FROM events AS event
    JOIN events AS before
      ON before.subject_id = event.subject_id AND before.actor_id = event.actor_id
     AND before.version = event.version - 1
    WHERE event.position > $1 AND event.position <= $2 AND event.version > 1
      AND event.type IN ('VoteCast', 'VoteWithdrawn')
) AS change
GROUP BY subject_id, hour, cell
