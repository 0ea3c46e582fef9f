-- Enter each matchup with a first preference in ($1, $2]; its counts follow. Leans on events_preferences.
INSERT INTO matchups (subject_id, left_slug, right_slug, context)
SELECT subject_id, min(data ->> 'left'), min(data ->> 'right'), min(data ->> 'context')
FROM events
WHERE position > $1 AND position <= $2 AND type IN ('PreferenceCast', 'PreferenceWithdrawn')
GROUP BY subject_id
ON CONFLICT (subject_id) DO NOTHING
RETURNING subject_id
