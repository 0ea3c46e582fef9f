-- Name the rule that was current at position $1: the last one adopted before it. Leans on the primary key.
SELECT rule FROM log.adoptions
WHERE subject_id = 0 AND position < $1
ORDER BY position DESC, adopted_at DESC LIMIT 1
