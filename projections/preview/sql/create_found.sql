-- Sum up the events that are meant by tool or matchup, type and what they say, in a table that goes with the transaction:
-- how many are `single`, all that their stream holds, and actor, version and position of the others. A stream that holds
-- more has a second event, and behind position $2 if its first is meant. Which firsts have one is found out before anything is
-- summed up, though the events that are meant are read twice for it: both in one go took a quarter longer.
-- Reads nothing but the log, so that PostgreSQL takes several cores. Leans on events_second for many events and on the
-- primary key for few.
CREATE TEMP TABLE found ON COMMIT DROP AS
SELECT subject_id, type, log.choice_of(data) AS value, data ? 'anonymous' AS anonymous,
       count(*) FILTER (WHERE single) AS single,
       array_agg(actor_id) FILTER (WHERE NOT single) AS actor_ids,
       array_agg(version) FILTER (WHERE NOT single) AS versions,
       array_agg(position) FILTER (WHERE NOT single) AS positions
FROM (
    SELECT meant.*, meant.version = 1 AND first.position IS NULL AS single
    FROM meant
    LEFT JOIN (
        SELECT meant.position
        FROM meant
        JOIN log.events AS second
          ON second.subject_id = meant.subject_id AND second.actor_id = meant.actor_id
         AND second.version = 2 AND second.position > $2
        WHERE meant.version = 1
    ) AS first ON first.position = meant.position
) AS event
GROUP BY 1, 2, 3, 4
