-- Sum up the events that are meant by tool or matchup, type and what they say, in a table that goes with the transaction:
-- how many are `single`, all that their stream holds, and actor, version and position of the others.
-- Reads nothing but the log, so that PostgreSQL takes several cores. Leans on events_second.
CREATE TEMP TABLE found ON COMMIT DROP AS
SELECT meant.subject_id, meant.type, log.choice_of(meant.data) AS value, meant.data ? 'anonymous' AS anonymous,
       count(*) FILTER (WHERE second.actor_id IS NULL) AS single,
       array_agg(meant.actor_id) FILTER (WHERE second.actor_id IS NOT NULL) AS actor_ids,
       array_agg(meant.version) FILTER (WHERE second.actor_id IS NOT NULL) AS versions,
       array_agg(meant.position) FILTER (WHERE second.actor_id IS NOT NULL) AS positions
FROM meant
LEFT JOIN log.events AS second
  ON second.subject_id = meant.subject_id AND second.actor_id = meant.actor_id AND second.version = 2
GROUP BY 1, 2, 3, 4
