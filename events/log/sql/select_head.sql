-- Read the head, and the time to record next: the clock, but never before the last recorded time.
SELECT position, greatest(recorded_at, clock_timestamp()) AS recorded_at FROM log.head WHERE subject_id = 0
