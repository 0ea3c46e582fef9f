-- Streams that hold more than one event, a ruling among them: each has one second event, and a stream without any
-- is told from the others without a look into it. Most streams are ballots of a single vote.
CREATE INDEX events_second ON log.events (subject_id, actor_id) WHERE version = 2;
