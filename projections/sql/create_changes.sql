-- Keep what a statement returns as `changes`: Postgres runs it on several cores, as it never does for an INSERT.
CREATE TEMPORARY TABLE changes ON COMMIT DROP AS
{statement}
