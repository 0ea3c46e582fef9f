-- Read which rules were adopted, the first one first.
SELECT rule, position, adopted_by, adopted_at FROM log.adoptions WHERE subject_id = 0 ORDER BY position, adopted_at
