-- Wait for the head and read it, in one round trip. The lock is a statement of its own, since a statement's
-- snapshot is taken before it waits; each statement of a volatile function has a fresh one. 7310 is the head's
-- lock.
CREATE FUNCTION log.lock_head(OUT head bigint, OUT next_at timestamptz, OUT erasures bigint)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7310);
    SELECT h.position, greatest(h.recorded_at, clock_timestamp()), e.count INTO STRICT head, next_at, erasures
    FROM log.head AS h JOIN log.erasures AS e USING (subject_id) WHERE h.subject_id = 0;
END
$$;
