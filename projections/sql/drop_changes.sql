-- Drop the table of `changes`, so that the next step can create its own.
DROP TABLE pg_temp.changes
