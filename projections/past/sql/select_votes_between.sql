-- How the tallies of the tools $1 changed from position $2 to $3: what each ballot with an event in between said at $3
-- by the rulings up to $5, less what it said at $2 by the rulings up to $4. As published these are $2 and $3 again; as
-- corrected both are the position that is known now.
-- Leans on events_position for the range, which is a cell at most, on events_rulings and the events' primary key.
SELECT ballot.subject_id,
       sum(side.sign * (vote.choice = 'ship')::integer) AS ship,
       sum(side.sign * (vote.choice = 'skip')::integer) AS skip
FROM (
    SELECT DISTINCT subject_id, actor_id FROM log.events
    WHERE position > $2 AND position <= $3 AND subject_id = ANY ($1::bigint[])
      AND type IN ('VoteCast', 'VoteWithdrawn', 'EventRetracted', 'EventReinstated')
) AS ballot
CROSS JOIN (VALUES (-1, $2::bigint, $4::bigint), (1, $3::bigint, $5::bigint)) AS side (sign, position, known)
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(target) FILTER (WHERE retracts), '{}') AS targets
    FROM (
        SELECT DISTINCT ON (ruling.data ->> 'target')
               (ruling.data ->> 'target')::bigint AS target, ruling.type = 'EventRetracted' AS retracts
        FROM log.events AS ruling
        WHERE ruling.subject_id = ballot.subject_id AND ruling.actor_id = ballot.actor_id
          AND ruling.type IN ('EventRetracted', 'EventReinstated') AND ruling.position <= side.known
        ORDER BY ruling.data ->> 'target', ruling.version DESC
    ) AS ruling
) AS retracted
JOIN LATERAL (
    SELECT vote.data ->> 'choice' AS choice
    FROM log.events AS vote
    WHERE vote.subject_id = ballot.subject_id AND vote.actor_id = ballot.actor_id
      AND vote.type IN ('VoteCast', 'VoteWithdrawn') AND vote.position <= side.position
      AND vote.position <> ALL (retracted.targets)
    ORDER BY vote.version DESC LIMIT 1
) AS vote ON vote.choice IS NOT NULL
GROUP BY ballot.subject_id
