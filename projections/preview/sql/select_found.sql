-- Read how many of the events found say what in a stream of their own (single), and how many say it beside others.
SELECT subject_id, type, value, anonymous, single, coalesce(cardinality(positions), 0) AS beside_others FROM found
