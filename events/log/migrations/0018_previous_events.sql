-- Where the event before each lies in its stream; nothing for a first. So whoever looks at a range of events finds by
-- their positions alone which were followed by others, as few are: events of single votes are not.
ALTER TABLE log.events ADD COLUMN previous bigint;
ALTER TABLE log.events DISABLE TRIGGER append_only;
UPDATE log.events AS event SET previous = before.position
FROM log.events AS before
WHERE before.subject_id = event.subject_id AND before.actor_id = event.actor_id AND before.version = event.version - 1;
ALTER TABLE log.events ENABLE TRIGGER append_only;
ALTER TABLE log.events ADD CHECK ((previous IS NULL) = (version = 1) AND previous < position);

DROP INDEX log.events_second;
CREATE INDEX events_previous ON log.events (previous) INCLUDE (position) WHERE previous IS NOT NULL;
