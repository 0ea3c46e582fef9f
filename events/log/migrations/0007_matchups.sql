-- Preferences in matchups. They may be as many as votes, so they leave the index of all that is rare and get their own:
-- by position, by either tool and by voter, as moderators look for them.

DROP INDEX log.events_rare;
CREATE INDEX events_rare ON log.events (position)
    WHERE type NOT IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn');
CREATE INDEX events_preferences ON log.events (position) WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn');
CREATE INDEX events_left ON log.events ((data ->> 'left'), position)
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn');
CREATE INDEX events_right ON log.events ((data ->> 'right'), position)
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn');
CREATE INDEX events_preferrers ON log.events (actor_id, position)
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn');

-- Preferences that are not in the form in which this build writes them, as events_odd knows such votes.
CREATE INDEX events_odd_preferences ON log.events (position)
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn') AND (
        schema = 1
        AND jsonb_typeof(data -> 'left') = 'string' AND jsonb_typeof(data -> 'right') = 'string'
        AND jsonb_typeof(data -> 'context') = 'string'
        AND CASE type
            WHEN 'PreferenceCast' THEN
                data -> 'winner' IN (data -> 'left', data -> 'right', '"tie"')
                AND data - '{left,right,context,winner}'::text[] IN ('{}', '{"simulated": true}')
            ELSE data - '{left,right,context}'::text[] = '{}'
        END
        AND recorded_at >= '0001-01-01 00:00:00+00' AND recorded_at < '9999-12-31 00:00:00+00'
    ) IS NOT TRUE;

-- What a vote, a review or a preference says: ship, skip or tie; null for a withdrawal and for what is none of them.
-- To prefer the left tool of a matchup is to ship that one and skip the other, so a matchup is tallied as a tool is.
CREATE FUNCTION log.choice_of(data jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN data -> 'winner' IS NULL THEN coalesce(data ->> 'choice', data ->> 'verdict')
    WHEN data -> 'winner' = data -> 'left' THEN 'ship'
    WHEN data -> 'winner' = data -> 'right' THEN 'skip'
    ELSE 'tie'
END;
