-- Take over the last text of each review written in ($1, $2]. Leans on events_position.
INSERT INTO reviews AS review
    (subject_id, actor_id, panelist, verdict, headline, body, recorded_at, position)
SELECT DISTINCT ON (subject_id, actor_id)
       subject_id, actor_id, data ->> 'panelist', data ->> 'verdict', data ->> 'headline', data ->> 'body',
       recorded_at, position
FROM log.events
WHERE position > $1 AND position <= $2 AND type IN ('ReviewSubmitted', 'ReviewRevised')
ORDER BY subject_id, actor_id, position DESC
ON CONFLICT (subject_id, actor_id) DO UPDATE
SET panelist = excluded.panelist, verdict = excluded.verdict, headline = excluded.headline,
    body = excluded.body, recorded_at = excluded.recorded_at, position = excluded.position
WHERE excluded.position > review.position
RETURNING subject_id
