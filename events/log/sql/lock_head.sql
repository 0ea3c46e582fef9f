-- Wait for the head, and read it as it stands then: its position, the time to record next (the clock, but never
-- before the last recorded time), and how often accounts were erased. It is held until commit, so position
-- order is commit order.
SELECT position, next_at, erasures FROM log.lock_head() AS head (position, next_at, erasures)
