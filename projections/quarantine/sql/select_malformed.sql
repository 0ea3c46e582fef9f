-- Read the events in ($1, $2] that may be malformed: all but votes and preferences, and those of an unusual form.
-- `untimely` tells whether Python cannot represent the time, `stray` whether the target of a ruling is not a vote,
-- preference or review before it in its stream. Leans on events_rare, events_odd and events_odd_preferences, and on
-- the events' primary key for the rulings.
SELECT event.subject_id, event.position, event.type, event.schema, event.data,
       NOT (event.recorded_at >= '0001-01-01 00:00:00+00' AND event.recorded_at < '9999-12-31 00:00:00+00') AS untimely,
       event.type IN ('EventRetracted', 'EventReinstated') AND NOT EXISTS (
           SELECT FROM events AS target
           WHERE target.subject_id = event.subject_id AND target.actor_id = event.actor_id
             AND target.version < event.version AND target.position::text = event.data ->> 'target'
             AND target.type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn',
                             'ReviewSubmitted', 'ReviewRevised', 'ReviewWithdrawn')
       ) AS stray
FROM (
    SELECT * FROM events
    WHERE position > $1 AND position <= $2 AND type NOT IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn')
    UNION ALL
    SELECT * FROM events
    WHERE position > $1 AND position <= $2 AND type IN ('VoteCast', 'VoteWithdrawn') AND NOT (
        schema = 1
        AND data IN ('{"choice": "ship"}', '{"choice": "skip"}', '{}',
                     '{"choice": "ship", "simulated": true}', '{"choice": "skip", "simulated": true}',
                     '{"choice": "ship", "anonymous": true}', '{"choice": "skip", "anonymous": true}',
                     '{"anonymous": true}')
        AND (type = 'VoteCast') = (data ? 'choice')
        AND recorded_at >= '0001-01-01 00:00:00+00' AND recorded_at < '9999-12-31 00:00:00+00'
    )
    UNION ALL
    SELECT * FROM events
    WHERE position > $1 AND position <= $2 AND type IN ('PreferenceCast', 'PreferenceWithdrawn') AND (
        schema = 1
        AND jsonb_typeof(data -> 'left') = 'string' AND jsonb_typeof(data -> 'right') = 'string'
        AND jsonb_typeof(data -> 'context') = 'string'
        AND CASE type
            WHEN 'PreferenceCast' THEN
                data -> 'winner' IN (data -> 'left', data -> 'right', '"tie"')
                AND data - '{left,right,context,winner}'::text[]
                    IN ('{}', '{"simulated": true}', '{"anonymous": true}')
            ELSE data - '{left,right,context}'::text[] IN ('{}', '{"anonymous": true}')
        END
        AND recorded_at >= '0001-01-01 00:00:00+00' AND recorded_at < '9999-12-31 00:00:00+00'
    ) IS NOT TRUE
) AS event
