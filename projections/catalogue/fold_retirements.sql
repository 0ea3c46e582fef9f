-- Mark the panelists that retired in ($1, $2] after their last entry; runs after the entries.
UPDATE panelists AS panelist
SET seated = false, position = event.position
FROM events AS event
WHERE event.position > $1 AND event.position <= $2 AND event.type = 'PanelistRetired'
  AND event.subject_id = panelist.subject_id AND event.position > panelist.position
RETURNING panelist.subject_id
