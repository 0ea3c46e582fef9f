-- Enter each matchup with a preference in ($1, $2], and note its last one. Leans on events_preferences.
INSERT INTO matchups AS matchup (subject_id, left_slug, right_slug, context, position)
SELECT subject_id, min(data ->> 'left'), min(data ->> 'right'), min(data ->> 'context'), max(position)
FROM events
WHERE position > $1 AND position <= $2 AND type IN ('PreferenceCast', 'PreferenceWithdrawn')
GROUP BY subject_id
ON CONFLICT (subject_id) DO UPDATE SET position = excluded.position
RETURNING subject_id
