-- Name the rule that was current at the time $1. There are few adoptions.
SELECT rule FROM log.adoptions
WHERE subject_id = 0 AND (adopted_at <= $1 OR position < 0)
ORDER BY position DESC, adopted_at DESC LIMIT 1
