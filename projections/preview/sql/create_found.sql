-- Sum up the events that are meant by tool or matchup, type and what they say, in a table that goes with the transaction:
-- how many are `single`, all that their stream holds, and of the others actor, version, position and where the next event of
-- their stream lies (null: nowhere). That one says what it came after, so it is found by positions alone.
-- Reads nothing but the log, so that PostgreSQL may take several cores. Leans on events_previous.
CREATE TEMP TABLE found ON COMMIT DROP AS
SELECT subject_id, type, log.choice_of(data) AS value, data ? 'anonymous' AS anonymous,
       count(*) FILTER (WHERE single) AS single,
       array_agg(actor_id) FILTER (WHERE NOT single) AS actor_ids,
       array_agg(version) FILTER (WHERE NOT single) AS versions,
       array_agg(position) FILTER (WHERE NOT single) AS positions,
       array_agg(next) FILTER (WHERE NOT single) AS nexts
FROM (
    SELECT meant.*, next.position AS next, meant.version = 1 AND next.position IS NULL AS single
    FROM (
{meant}
    ) AS meant
    LEFT JOIN log.events AS next ON next.previous = meant.position AND next.previous > $2 AND next.previous <= $3
) AS event
GROUP BY 1, 2, 3, 4
