-- Find what rulings make different, in the columns of select_votes.sql and select_preferences.sql: for each of some ballots
-- ($4 subject ids, $5 actor ids, those of select_ballots.sql) its true changes in ($1, $2] less the plain ones. $3 is the
-- events in a cell.
-- Every event of a ballot opens a span for the vote it is about, up to the next event about that vote: in it the vote
-- counts, unless the event is its retraction. At a position a ballot says what its last vote says that counts there.
-- Choices are numbers: 1 ship, 2 skip, 3 left, 4 right, 5 tie, 0 nothing. Leans on the primary keys.
WITH said AS (
    SELECT subject_id, actor_id, position, recorded_at, type,
           coalesce((data ->> 'target')::bigint, position) AS vote,
           coalesce(array_position('{ship,skip,left,right,tie}'::text[], log.choice_of(data)), 0) AS says,
           data ? 'anonymous' AS anonymous
    FROM events
    WHERE (subject_id, actor_id) IN (SELECT * FROM unnest($4::bigint[], $5::uuid[])) AND position <= $2
), span AS (
    SELECT subject_id, actor_id, vote, position, recorded_at, type <> 'EventRetracted' AS counts,
           coalesce(lead(position) OVER same_vote, $2 + 1) AS ended,
           first_value(says) OVER same_vote AS says,
           first_value(recorded_at) OVER same_vote AS voted_at,
           lag(says, 1, 0) OVER (PARTITION BY subject_id, actor_id ORDER BY position) AS says_before,
           bool_or(anonymous) OVER (PARTITION BY subject_id, actor_id) AS anonymous
    FROM said
    WINDOW same_vote AS (PARTITION BY subject_id, actor_id, vote ORDER BY position)
), change AS (
    -- As published: what the ballot said at each event and just before it.
    SELECT here.subject_id, here.anonymous, here.recorded_at, here.position, 1 AS published, 0 AS corrected,
           max(span.vote * 8 + span.says) FILTER (WHERE here.position < span.ended) % 8 AS says,
           max(span.vote * 8 + span.says) FILTER (WHERE here.position > span.position) % 8 AS says_before
    FROM span AS here
    LEFT JOIN span
      ON span.subject_id = here.subject_id AND span.actor_id = here.actor_id AND span.counts
     AND here.position >= span.position AND here.position <= span.ended
    WHERE here.position > $1
    GROUP BY here.subject_id, here.actor_id, here.anonymous, here.recorded_at, here.position
    UNION ALL
    -- As corrected: what counts as known at the range's end, less what counted as known at its start.
    SELECT span.subject_id, anonymous, voted_at, vote, 0, known.sign, says,
           lag(says) OVER (PARTITION BY known.sign, span.subject_id, actor_id ORDER BY vote)
    FROM span
    JOIN (VALUES (1, $2::bigint), (-1, $1::bigint)) AS known (sign, position)
      ON known.position >= span.position AND known.position < span.ended
    WHERE span.counts
    UNION ALL
    -- The plain changes, which were counted in both already.
    SELECT subject_id, anonymous, recorded_at, position, -1, -1, says, says_before
    FROM span
    WHERE position > $1 AND position = vote
)
SELECT subject_id, EXISTS (SELECT FROM matchups WHERE matchups.subject_id = change.subject_id) AS in_matchup,
       date_bin('1 hour', recorded_at, 'epoch') AS hour, position / $3::bigint AS cell,
       0 AS events, bool_or(anonymous) AS anonymous,
       coalesce(sum(published * word.sign) FILTER (WHERE word.says = 1), 0) AS ship,
       coalesce(sum(published * word.sign) FILTER (WHERE word.says = 2), 0) AS skip,
       coalesce(sum(published * word.sign) FILTER (WHERE word.says = 3), 0) AS left_wins,
       coalesce(sum(published * word.sign) FILTER (WHERE word.says = 4), 0) AS right_wins,
       coalesce(sum(published * word.sign) FILTER (WHERE word.says = 5), 0) AS ties,
       coalesce(sum(corrected * word.sign) FILTER (WHERE word.says = 1), 0) AS corrected_ship,
       coalesce(sum(corrected * word.sign) FILTER (WHERE word.says = 2), 0) AS corrected_skip,
       coalesce(sum(corrected * word.sign) FILTER (WHERE word.says = 3), 0) AS corrected_left_wins,
       coalesce(sum(corrected * word.sign) FILTER (WHERE word.says = 4), 0) AS corrected_right_wins,
       coalesce(sum(corrected * word.sign) FILTER (WHERE word.says = 5), 0) AS corrected_ties,
       coalesce(sum(published * word.sign) FILTER (WHERE word.says = 1 AND anonymous), 0) AS anonymous_ship,
       coalesce(sum(published * word.sign) FILTER (WHERE word.says = 2 AND anonymous), 0) AS anonymous_skip,
       coalesce(sum(published * word.sign) FILTER (WHERE word.says = 3 AND anonymous), 0) AS anonymous_left_wins,
       coalesce(sum(published * word.sign) FILTER (WHERE word.says = 4 AND anonymous), 0) AS anonymous_right_wins,
       coalesce(sum(published * word.sign) FILTER (WHERE word.says = 5 AND anonymous), 0) AS anonymous_ties,
       coalesce(sum(corrected * word.sign) FILTER (WHERE word.says = 1 AND anonymous), 0) AS corrected_anonymous_ship,
       coalesce(sum(corrected * word.sign) FILTER (WHERE word.says = 2 AND anonymous), 0) AS corrected_anonymous_skip,
       coalesce(sum(corrected * word.sign) FILTER (WHERE word.says = 3 AND anonymous), 0) AS corrected_anonymous_left_wins,
       coalesce(sum(corrected * word.sign) FILTER (WHERE word.says = 4 AND anonymous), 0) AS corrected_anonymous_right_wins,
       coalesce(sum(corrected * word.sign) FILTER (WHERE word.says = 5 AND anonymous), 0) AS corrected_anonymous_ties,
       max(position) AS position
FROM change
CROSS JOIN LATERAL (VALUES (says, 1), (says_before, -1)) AS word (says, sign)
GROUP BY subject_id, hour, cell
