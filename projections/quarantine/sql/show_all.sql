-- Drop the temporary view, so that `events` is the permanent one again.
DROP VIEW pg_temp.events
