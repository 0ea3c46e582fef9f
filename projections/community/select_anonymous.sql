-- Find how votes and preferences without an account in ($1, $2] change each hour and cell of $3 events, as
-- select_preferences.sql has it. Every event of theirs says so. Leans on events_anonymous, and on the primary keys
-- of the events, for the event before, and of the matchups.
SELECT subject_id, EXISTS (SELECT FROM matchups WHERE matchups.subject_id = change.subject_id) AS in_matchup,
       date_bin('1 hour', recorded_at, 'epoch') AS hour, position / $3::bigint AS cell, true AS anonymous,
       coalesce(sum(sign) FILTER (WHERE choice = 'ship'), 0) AS anonymous_ship,
       coalesce(sum(sign) FILTER (WHERE choice = 'skip'), 0) AS anonymous_skip,
       coalesce(sum(sign) FILTER (WHERE choice = 'left'), 0) AS anonymous_left_wins,
       coalesce(sum(sign) FILTER (WHERE choice = 'right'), 0) AS anonymous_right_wins,
       coalesce(sum(sign) FILTER (WHERE choice = 'tie'), 0) AS anonymous_ties,
       coalesce(sum(sign) FILTER (WHERE choice = 'ship'), 0) AS corrected_anonymous_ship,
       coalesce(sum(sign) FILTER (WHERE choice = 'skip'), 0) AS corrected_anonymous_skip,
       coalesce(sum(sign) FILTER (WHERE choice = 'left'), 0) AS corrected_anonymous_left_wins,
       coalesce(sum(sign) FILTER (WHERE choice = 'right'), 0) AS corrected_anonymous_right_wins,
       coalesce(sum(sign) FILTER (WHERE choice = 'tie'), 0) AS corrected_anonymous_ties
FROM (
    SELECT subject_id, recorded_at, position, 1 AS sign, log.choice_of(data) AS choice
    FROM events
    WHERE position > $1 AND position <= $2
      AND type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn') AND data ? 'anonymous'
    UNION ALL
    SELECT event.subject_id, event.recorded_at, event.position, -1, log.choice_of(before.data)
    FROM events AS event
    JOIN events AS before
      ON before.subject_id = event.subject_id AND before.actor_id = event.actor_id
     AND before.version = event.version - 1
    WHERE event.position > $1 AND event.position <= $2 AND event.version > 1
      AND event.type IN ('VoteCast', 'VoteWithdrawn', 'PreferenceCast', 'PreferenceWithdrawn')
      AND event.data ? 'anonymous'
) AS change
GROUP BY subject_id, hour, cell
