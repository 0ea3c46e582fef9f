-- Wait for the head as log.lock_head does, and look at streams as they stand then, in the same round trip: whoever looked
-- before waiting would miss what was written meanwhile. The first row is the head's; after it come the events of the
-- streams (subject ids, actor ids) beyond the versions already known, in stream order.
CREATE FUNCTION log.lock_and_look(subjects bigint[], actors uuid[], versions integer[])
RETURNS TABLE (head bigint, next_at timestamptz, erasures bigint,
               subject_id bigint, actor_id uuid, version integer, "position" bigint, type text, schema smallint, data jsonb)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog AS $$
BEGIN
    SELECT * INTO STRICT head, next_at, erasures FROM log.lock_head();
    RETURN NEXT;
    IF cardinality(subjects) = 0 THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT NULL::bigint, NULL::timestamptz, NULL::bigint,
           event.subject_id, event.actor_id, event.version, event.position, event.type, event.schema, event.data
    FROM unnest(subjects, actors, versions) AS known (subject_id, actor_id, version)
    JOIN log.events AS event
      ON event.subject_id = known.subject_id AND event.actor_id = known.actor_id AND event.version > known.version
    ORDER BY event.subject_id, event.actor_id, event.version;
END
$$;
