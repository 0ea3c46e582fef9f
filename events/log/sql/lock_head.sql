-- Begin an append and wait for the head: held until commit, so position order is commit order.
-- A statement of its own, since a statement's snapshot is taken before it waits. 7310 is the head's lock.
BEGIN; SELECT pg_advisory_xact_lock(7310)
