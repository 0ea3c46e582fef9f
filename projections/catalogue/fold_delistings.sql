-- Mark the tools that were delisted in ($1, $2] after their last entry; runs after the entries.
UPDATE tools AS tool
SET listed = false, position = event.position
FROM events AS event
WHERE event.position > $1 AND event.position <= $2 AND event.type = 'ToolDelisted'
  AND event.subject_id = tool.subject_id AND event.position > tool.position
RETURNING tool.subject_id
