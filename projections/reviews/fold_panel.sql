-- Count the panel anew for each tool with a review event in ($1, $2]; runs after the reviews themselves.
INSERT INTO panel AS tally (subject_id, ship, skip, position)
SELECT touched.subject_id,
       count(*) FILTER (WHERE review.verdict = 'ship'),
       count(*) FILTER (WHERE review.verdict = 'skip'),
       touched.position
FROM (
    SELECT subject_id, max(position) AS position
    FROM log.events
    WHERE position > $1 AND position <= $2
      AND type IN ('ReviewSubmitted', 'ReviewRevised', 'ReviewWithdrawn')
    GROUP BY subject_id
) AS touched
LEFT JOIN reviews AS review ON review.subject_id = touched.subject_id
GROUP BY touched.subject_id, touched.position
ON CONFLICT (subject_id) DO UPDATE
SET ship = excluded.ship, skip = excluded.skip, position = excluded.position
RETURNING subject_id
