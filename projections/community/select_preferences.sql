-- Find how the preferences in ($1, $2] change each hour and cell of $3 events, as select_votes.sql does for votes.
-- Leans on events_preferences, and on the events' primary key for the event before.
SELECT subject_id, true AS in_matchup, date_bin('1 hour', recorded_at, 'epoch') AS hour, position / $3::bigint AS cell,
       coalesce(sum(sign) FILTER (WHERE choice = 'left'), 0) AS left_wins,
       coalesce(sum(sign) FILTER (WHERE choice = 'right'), 0) AS right_wins,
       coalesce(sum(sign) FILTER (WHERE choice = 'tie'), 0) AS ties,
       coalesce(sum(sign) FILTER (WHERE choice = 'left'), 0) AS corrected_left_wins,
       coalesce(sum(sign) FILTER (WHERE choice = 'right'), 0) AS corrected_right_wins,
       coalesce(sum(sign) FILTER (WHERE choice = 'tie'), 0) AS corrected_ties,
       max(position) AS position
FROM (
    SELECT subject_id, recorded_at, position, 1 AS sign, log.choice_of(data) AS choice
    FROM events
    WHERE position > $1 AND position <= $2 AND type IN ('PreferenceCast', 'PreferenceWithdrawn')
    UNION ALL
    SELECT event.subject_id, event.recorded_at, event.position, -1, log.choice_of(before.data)
    FROM events AS event
    JOIN events AS before
      ON before.subject_id = event.subject_id AND before.actor_id = event.actor_id
     AND before.version = event.version - 1
    WHERE event.position > $1 AND event.position <= $2 AND event.version > 1
      AND event.type IN ('PreferenceCast', 'PreferenceWithdrawn')
) AS change
GROUP BY subject_id, hour, cell
