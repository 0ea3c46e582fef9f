-- Add the rulings in ($1, $2] to what their batches did on each tool. Leans on events_rare.
INSERT INTO moderations AS moderation
    (subject_id, batch, type, reason, events, first_position, last_position, recorded_at)
SELECT subject_id, data ->> 'batch', min(type), min(data ->> 'reason'), count(*), min(position), max(position),
       max(recorded_at)
FROM events
WHERE position > $1 AND position <= $2 AND type IN ('EventRetracted', 'EventReinstated')
GROUP BY subject_id, data ->> 'batch'
ON CONFLICT (subject_id, batch) DO UPDATE
SET events = moderation.events + excluded.events,
    last_position = excluded.last_position,
    recorded_at = excluded.recorded_at
RETURNING subject_id
