-- Forget the `changes` that were kept: the next step has others.
DROP TABLE pg_temp.changes
