-- Votes and preferences of people without an account say so in every event of theirs, and are tallied apart, too.

CREATE INDEX events_anonymous ON log.events (position)
    WHERE type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn') AND data ? 'anonymous';

-- They are in a form in which this build writes, so the indexes of all other forms leave them out.
DROP INDEX log.events_odd;
CREATE INDEX events_odd ON log.events (position)
    WHERE type IN ('VoteCast', 'VoteWithdrawn') AND NOT (
        schema = 1
        AND data IN ('{"choice": "ship"}', '{"choice": "skip"}', '{}',
                     '{"choice": "ship", "simulated": true}', '{"choice": "skip", "simulated": true}',
                     '{"choice": "ship", "anonymous": true}', '{"choice": "skip", "anonymous": true}',
                     '{"anonymous": true}')
        AND (type = 'VoteCast') = (data ? 'choice')
        AND recorded_at >= '0001-01-01 00:00:00+00' AND recorded_at < '9999-12-31 00:00:00+00'
    );
DROP INDEX log.events_odd_preferences;
CREATE INDEX events_odd_preferences ON log.events (position)
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn') AND (
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
    ) IS NOT TRUE;
