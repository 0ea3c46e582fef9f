-- Count the events in ($1, $2], name the types among them (votes and preferences left out) and count those named, count
-- the preferences, and tell whether there is a ruling up to $2, and in the range a vote or preference of somebody without
-- an account, and one of an unusual form. Leans on events_position and events_preferences alone for the counts, on
-- events_anonymous and events_unusual, and on events_rare for the rest.
SELECT counted.events, rare.types, rare.events AS named,
       preferences.events AS preferences, ruling.held IS NOT NULL AS rulings,
       anonymous.held IS NOT NULL AS anonymous, unusual.held IS NOT NULL AS unusual
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
    SELECT true AS held FROM log.events
    WHERE position > $1 AND position <= $2
      AND type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn')
      AND NOT log.is_usual(type, schema, data, recorded_at)
    ORDER BY position LIMIT 1
) AS unusual ON true
