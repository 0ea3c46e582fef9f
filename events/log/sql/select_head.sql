-- Read the head, the time to record next (the clock, but never before the last recorded time), and how often
-- accounts were erased.
SELECT head.position, greatest(head.recorded_at, clock_timestamp()) AS recorded_at, erasures.count AS erasures
FROM log.head JOIN log.erasures USING (subject_id) WHERE head.subject_id = 0
