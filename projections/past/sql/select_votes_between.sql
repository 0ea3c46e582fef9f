-- Read how the tallies of the tools or matchups $1 changed from position $2 to $3: the choice at $3 of each ballot
-- with an event in between, by the rulings up to $5, less its choice at $2 by the rulings up to $4. As published these
-- are $2 and $3 again; as corrected both are the position that is known now. For ballots that nobody ruled on the
-- differences from event to event add up to just that; only the others are looked through. Leans on events_position
-- for the range, which is a cell at most, on events_rulings and the events' primary key.
WITH touched AS MATERIALIZED (
    SELECT event.subject_id, event.actor_id, event.version, event.type, log.choice_of(event.data) AS choice,
           event.data ? 'anonymous' AS anonymous,
           EXISTS (
               SELECT FROM events AS ruling
               WHERE ruling.subject_id = event.subject_id AND ruling.actor_id = event.actor_id
                 AND ruling.type IN ('EventRetracted', 'EventReinstated')
           ) AS ruled
    FROM events AS event
    WHERE event.position > $2 AND event.position <= $3 AND event.subject_id = ANY ($1::bigint[])
      AND event.type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn',
                         'EventRetracted', 'EventReinstated')
)
SELECT subject_id, anonymous,
       coalesce(sum(sign) FILTER (WHERE choice = 'ship'), 0)::bigint AS ship,
       coalesce(sum(sign) FILTER (WHERE choice = 'skip'), 0)::bigint AS skip,
       coalesce(sum(sign) FILTER (WHERE choice = 'left'), 0)::bigint AS left_wins,
       coalesce(sum(sign) FILTER (WHERE choice = 'right'), 0)::bigint AS right_wins,
       coalesce(sum(sign) FILTER (WHERE choice = 'tie'), 0)::bigint AS ties
FROM (
    SELECT subject_id, anonymous, 1 AS sign, choice FROM touched WHERE NOT ruled
    UNION ALL
    SELECT touched.subject_id, touched.anonymous, -1, log.choice_of(before.data)
    FROM touched
    JOIN events AS before
      ON before.subject_id = touched.subject_id AND before.actor_id = touched.actor_id
     AND before.version = touched.version - 1
    WHERE NOT touched.ruled AND touched.version > 1
    UNION ALL
    SELECT ballot.subject_id, vote.anonymous, side.sign, vote.choice
    FROM (SELECT DISTINCT subject_id, actor_id FROM touched WHERE ruled) AS ballot
    CROSS JOIN (VALUES (-1, $2::bigint, $4::bigint), (1, $3::bigint, $5::bigint)) AS side (sign, position, known)
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(target) FILTER (WHERE retracts), '{}') AS targets
        FROM (
            SELECT DISTINCT ON (ruling.data ->> 'target')
                   (ruling.data ->> 'target')::bigint AS target, ruling.type = 'EventRetracted' AS retracts
            FROM events AS ruling
            WHERE ruling.subject_id = ballot.subject_id AND ruling.actor_id = ballot.actor_id
              AND ruling.type IN ('EventRetracted', 'EventReinstated') AND ruling.position <= side.known
            ORDER BY ruling.data ->> 'target', ruling.version DESC
        ) AS ruling
    ) AS retracted
    JOIN LATERAL (
        SELECT log.choice_of(vote.data) AS choice, vote.data ? 'anonymous' AS anonymous
        FROM events AS vote
        WHERE vote.subject_id = ballot.subject_id AND vote.actor_id = ballot.actor_id
          AND vote.type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn')
          AND vote.position <= side.position
          AND vote.position <> ALL (retracted.targets)
        ORDER BY vote.version DESC LIMIT 1
    ) AS vote ON vote.choice IS NOT NULL
) AS change
GROUP BY subject_id, anonymous
