-- Read the last $3 events up to position $2 in the streams of the voter $1, a pseudonym, newest first: votes, preferences
-- and rulings on them. A time that Python cannot represent is null.
-- Leans on events_types for the tools there are, on events_preferrers for the matchups, and on the primary key for each.
SELECT event.position, event.subject_id, event.type, log.choice_of(event.data) AS choice,
       event.data ? 'anonymous' AS anonymous,
       CASE WHEN event.recorded_at >= '0001-01-01 00:00:00+00' AND event.recorded_at < '9999-12-31 00:00:00+00'
           THEN event.recorded_at END AS recorded_at,
       CASE WHEN event.type IN ('EventRetracted', 'EventReinstated') AND event.data ->> 'target' ~ '^[0-9]{1,18}$'
           THEN (event.data ->> 'target')::bigint END AS target
FROM (
    SELECT subject_id FROM log.events WHERE type = 'ToolListed'
    UNION
    SELECT subject_id FROM log.events
    WHERE type IN ('PreferenceCast', 'PreferenceWithdrawn') AND actor_id = $1
) AS subject
JOIN log.events AS event ON event.subject_id = subject.subject_id AND event.actor_id = $1
WHERE event.position <= $2
  AND event.type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn',
                     'EventRetracted', 'EventReinstated')
ORDER BY event.position DESC LIMIT $3
