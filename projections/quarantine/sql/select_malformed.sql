-- Read the events in ($1, $2] that may be malformed: all but votes and preferences, and those of an unusual form.
-- `untimely` tells whether Python cannot represent the time, `stray` whether the target of a ruling is not a vote,
-- preference or review before it in its stream. Leans on events_rare and events_unusual, and on the
-- events' primary key for the rulings.
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
    WHERE position > $1 AND position <= $2
      AND type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn')
      AND NOT log.is_usual(type, schema, data, recorded_at)
) AS event
