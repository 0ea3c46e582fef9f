-- Count the quarantined subjects.
SELECT count(*) FROM set_aside
