-- Read how the exclusions of the tools or matchups $1 changed from position $2 to $3, by reason: cast votes up to $3
-- that were retracted by the rulings up to $5, less those up to $2 by the rulings up to $4. The parameters are those
-- of select_votes_between.sql. Leans on events_position, events_rulings and the events' primary key.
SELECT subject_id, reason, sum(sign) AS votes
FROM (
    SELECT ballot.subject_id, side.sign,
           (array_agg(CASE event.type WHEN 'EventRetracted' THEN event.data ->> 'reason' END
                      ORDER BY event.version DESC))[1] AS reason
    FROM (
        SELECT DISTINCT touched.subject_id, touched.actor_id FROM events AS touched
        WHERE touched.position > $2 AND touched.position <= $3 AND touched.subject_id = ANY ($1::bigint[])
          AND touched.type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn',
                               'EventRetracted', 'EventReinstated')
          AND EXISTS (
              SELECT FROM events AS ruling
              WHERE ruling.subject_id = touched.subject_id AND ruling.actor_id = touched.actor_id
                AND ruling.type IN ('EventRetracted', 'EventReinstated')
          )
    ) AS ballot
    CROSS JOIN (VALUES (-1, $2::bigint, $4::bigint), (1, $3::bigint, $5::bigint)) AS side (sign, position, known)
    JOIN events AS event
      ON event.subject_id = ballot.subject_id AND event.actor_id = ballot.actor_id AND event.position <= side.known
    GROUP BY ballot.subject_id, ballot.actor_id, side.sign,
             coalesce((event.data ->> 'target')::bigint, event.position)
    HAVING bool_or(event.type IN ('VoteCast', 'PreferenceCast') AND event.position <= side.position)
) AS vote
WHERE reason IS NOT NULL
GROUP BY subject_id, reason
