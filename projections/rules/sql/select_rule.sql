-- Name the rule that is current. Leans on the primary key.
SELECT rule FROM log.adoptions WHERE subject_id = 0 ORDER BY position DESC, adopted_at DESC LIMIT 1
