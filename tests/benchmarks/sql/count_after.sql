-- Count the events above position $1.
SELECT count(*) FROM log.events WHERE position > $1
