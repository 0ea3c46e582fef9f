-- Let `events` mean what it meant before.
DROP VIEW pg_temp.events
