-- How the exclusions of the tools $1 changed from position $2 to $3, by reason: cast votes up to $3 that were retracted
-- by the rulings up to $5, less those up to $2 by the rulings up to $4. The parameters are those of
-- select_votes_between.sql. Leans on events_position, events_rulings and the events' primary key.
SELECT ballot.subject_id, ruling.reason, sum(side.sign) AS votes
FROM (
    SELECT DISTINCT subject_id, actor_id FROM log.events
    WHERE position > $2 AND position <= $3 AND subject_id = ANY ($1::bigint[])
      AND type IN ('VoteCast', 'VoteWithdrawn', 'EventRetracted', 'EventReinstated')
) AS ballot
CROSS JOIN (VALUES (-1, $2::bigint, $4::bigint), (1, $3::bigint, $5::bigint)) AS side (sign, position, known)
JOIN LATERAL (
    SELECT DISTINCT ON (ruling.data ->> 'target')
           (ruling.data ->> 'target')::bigint AS target, ruling.type, ruling.data ->> 'reason' AS reason
    FROM log.events AS ruling
    WHERE ruling.subject_id = ballot.subject_id AND ruling.actor_id = ballot.actor_id
      AND ruling.type IN ('EventRetracted', 'EventReinstated') AND ruling.position <= side.known
    ORDER BY ruling.data ->> 'target', ruling.version DESC
) AS ruling ON ruling.type = 'EventRetracted' AND ruling.target <= side.position
JOIN log.events AS vote
  ON vote.subject_id = ballot.subject_id AND vote.actor_id = ballot.actor_id
 AND vote.position = ruling.target AND vote.type = 'VoteCast'
GROUP BY ballot.subject_id, ruling.reason
