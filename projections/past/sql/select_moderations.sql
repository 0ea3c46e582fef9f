-- Read what batches did on the tool $1, the last $4 whose last ruling stands below position $2, or at it in a batch
-- with an id below $3. Leans on the primary key: few batches are about one tool.
SELECT batch, type, reason, events, first_position, last_position, recorded_at
FROM moderations
WHERE subject_id = $1 AND (last_position, batch COLLATE "C") < ($2, $3)
ORDER BY last_position DESC, batch COLLATE "C" DESC LIMIT $4
