-- Count the events that a batch would be about.
SELECT count(*) FROM targets
