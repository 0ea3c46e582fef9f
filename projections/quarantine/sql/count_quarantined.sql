-- Count the subjects that are set aside.
SELECT count(*) FROM set_aside
