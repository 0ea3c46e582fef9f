-- Name the first subject behind $1 that the log or the table of a read model knows, null if that was the last; {tables}
-- are those looked into. Leans on the primary keys.
SELECT least(
    (SELECT subject_id FROM log.events WHERE subject_id > $1 ORDER BY subject_id LIMIT 1),
    {tables}
)
