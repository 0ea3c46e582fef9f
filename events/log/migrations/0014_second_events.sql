-- Second events of streams. Most streams are ballots that hold a single vote: whoever looks at a range of events finds
-- here, by what stands behind it, which of them do not.
CREATE INDEX events_second ON log.events (position) INCLUDE (subject_id, actor_id) WHERE version = 2;

-- What targets say is read off the log.
ALTER TABLE log.targets DROP COLUMN version, DROP COLUMN type, DROP COLUMN value, DROP COLUMN anonymous;
