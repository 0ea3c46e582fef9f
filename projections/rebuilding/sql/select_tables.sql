-- Name the tables of the schema $1, quoted, but for its checkpoints.
SELECT quote_ident(relname) AS name
FROM pg_class
WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'p') AND relname <> 'checkpoints'
ORDER BY relname
