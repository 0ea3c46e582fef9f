-- The form in which votes and preferences are written stands in one place. A field that says nothing is not written, so
-- each has few forms. Whatever has another one is decoded before it is folded; the index leads there.
CREATE FUNCTION log.is_usual(type text, schema smallint, data jsonb, recorded_at timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    schema = 1
    AND recorded_at >= '0001-01-01 00:00:00+00' AND recorded_at < '9999-12-31 00:00:00+00'
    AND CASE type
        WHEN 'VoteCast' THEN
            data IN ('{"choice": "ship"}', '{"choice": "skip"}',
                     '{"choice": "ship", "simulated": true}', '{"choice": "skip", "simulated": true}',
                     '{"choice": "ship", "anonymous": true}', '{"choice": "skip", "anonymous": true}')
        WHEN 'VoteWithdrawn' THEN data IN ('{}', '{"anonymous": true}')
        ELSE jsonb_typeof(data -> 'left') = 'string' AND jsonb_typeof(data -> 'right') = 'string'
            AND jsonb_typeof(data -> 'context') = 'string'
            AND CASE type
                WHEN 'PreferenceCast' THEN
                    data -> 'winner' IN (data -> 'left', data -> 'right', '"tie"')
                    AND data - '{left,right,context,winner}'::text[]
                        IN ('{}', '{"simulated": true}', '{"anonymous": true}')
                WHEN 'PreferenceWithdrawn' THEN
                    data - '{left,right,context}'::text[] IN ('{}', '{"anonymous": true}')
            END
    END
) IS TRUE;

DROP INDEX log.events_odd;
DROP INDEX log.events_odd_preferences;
CREATE INDEX events_unusual ON log.events (position)
    WHERE type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn')
      AND NOT log.is_usual(type, schema, data, recorded_at);
