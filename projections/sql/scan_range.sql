-- Count the events in ($1, $2], name the types among them (votes and preferences left out) and count those named, count
-- the preferences, and tell whether there is a ruling up to $2, and in the range a vote or preference of somebody without
-- an account, and one of an unusual form. Leans on events_position and events_preferences alone for the counts, on
-- events_anonymous, events_odd and events_odd_preferences, and on events_rare for the rest.
SELECT counted.events, rare.types, rare.events AS named,
       preferences.events AS preferences, ruling.held IS NOT NULL AS rulings,
       anonymous.held IS NOT NULL AS anonymous, malformed.held IS NOT NULL AS malformed
FROM (SELECT count(*) AS events FROM log.events WHERE position > $1 AND position <= $2) AS counted
CROSS JOIN (
    SELECT array_agg(type) AS types, coalesce(sum(events), 0) AS events
    FROM (
        SELECT type, count(*) AS events FROM log.events
        WHERE position > $1 AND position <= $2 AND type NOT IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn')
        GROUP BY type
    ) AS by_type
) AS rare
CROSS JOIN (
    SELECT count(*) AS events FROM log.events
    WHERE position > $1 AND position <= $2 AND type IN ('PreferenceCast', 'PreferenceWithdrawn')
) AS preferences
LEFT JOIN (
    SELECT true AS held FROM log.events
    WHERE position > 0 AND position <= $2 AND type IN ('EventRetracted', 'EventReinstated')
    ORDER BY position LIMIT 1
) AS ruling ON true
LEFT JOIN (
    SELECT true AS held FROM log.events
    WHERE position > $1 AND position <= $2
      AND type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn') AND data ? 'anonymous'
    ORDER BY position LIMIT 1
) AS anonymous ON true
LEFT JOIN (
    (SELECT true AS held FROM log.events
    WHERE position > $1 AND position <= $2 AND type IN ('VoteCast', 'VoteWithdrawn') AND NOT (
        schema = 1
        AND data IN ('{"choice": "ship"}', '{"choice": "skip"}', '{}',
                     '{"choice": "ship", "simulated": true}', '{"choice": "skip", "simulated": true}',
                     '{"choice": "ship", "anonymous": true}', '{"choice": "skip", "anonymous": true}',
                     '{"anonymous": true}')
        AND (type = 'VoteCast') = (data ? 'choice')
        AND recorded_at >= '0001-01-01 00:00:00+00' AND recorded_at < '9999-12-31 00:00:00+00'
    )
    ORDER BY position LIMIT 1)
    UNION ALL
    (SELECT true FROM log.events
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
    ORDER BY position LIMIT 1)
    LIMIT 1
) AS malformed ON true
