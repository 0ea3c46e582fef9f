-- Name the first subject after $1 in the log or in the table of a read model, null if there is none; {tables} reads
-- those tables. Leans on the primary keys.
SELECT least(
    (SELECT subject_id FROM log.events WHERE subject_id > $1 ORDER BY subject_id LIMIT 1),
    {tables}
)
