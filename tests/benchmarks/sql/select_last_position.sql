-- Read the position of the last event.
SELECT position FROM log.head
