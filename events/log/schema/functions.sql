-- The functions of the log, as all migrations together make them. No program reads this file.
-- `python -m tests.support.log_schema` writes it, and a test compares it with the migrations.

CREATE FUNCTION log.choice_of(data jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN COALESCE((data ->> 'choice'::text), (data ->> 'verdict'::text), CASE WHEN ((data -> 'winner'::text) IS NULL) THEN NULL::text WHEN ((data -> 'winner'::text) = (data -> 'left'::text)) THEN 'left'::text WHEN ((data -> 'winner'::text) = (data -> 'right'::text)) THEN 'right'::text ELSE 'tie'::text END);

CREATE FUNCTION log.count_erasure() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    UPDATE log.erasures SET count = count + 1 WHERE subject_id = 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION log.create_rebuild_schema(model text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    EXECUTE format('CREATE SCHEMA %I AUTHORIZATION ostraka_app', 'rebuild_' || model);
END
$$;

CREATE FUNCTION log.is_usual(type text, schema smallint, data jsonb, recorded_at timestamp with time zone) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (((schema = 1) AND (recorded_at >= '0001-01-01 00:00:00+00'::timestamp with time zone) AND (recorded_at < '9999-12-31 00:00:00+00'::timestamp with time zone) AND CASE type WHEN 'VoteCast'::text THEN (data = ANY (ARRAY['{"choice": "ship"}'::jsonb, '{"choice": "skip"}'::jsonb, '{"choice": "ship", "simulated": true}'::jsonb, '{"choice": "skip", "simulated": true}'::jsonb, '{"choice": "ship", "anonymous": true}'::jsonb, '{"choice": "skip", "anonymous": true}'::jsonb])) WHEN 'VoteWithdrawn'::text THEN (data = ANY (ARRAY['{}'::jsonb, '{"anonymous": true}'::jsonb])) ELSE ((jsonb_typeof((data -> 'left'::text)) = 'string'::text) AND (jsonb_typeof((data -> 'right'::text)) = 'string'::text) AND (jsonb_typeof((data -> 'context'::text)) = 'string'::text) AND CASE type WHEN 'PreferenceCast'::text THEN (((data -> 'winner'::text) = ANY (ARRAY[(data -> 'left'::text), (data -> 'right'::text), '"tie"'::jsonb])) AND ((data - '{left,right,context,winner}'::text[]) = ANY (ARRAY['{}'::jsonb, '{"simulated": true}'::jsonb, '{"anonymous": true}'::jsonb]))) WHEN 'PreferenceWithdrawn'::text THEN ((data - '{left,right,context}'::text[]) = ANY (ARRAY['{}'::jsonb, '{"anonymous": true}'::jsonb])) ELSE NULL::boolean END) END) IS TRUE);

CREATE FUNCTION log.lock_and_look(subjects bigint[], actors uuid[], versions integer[]) RETURNS TABLE(head bigint, next_at timestamp with time zone, erasures bigint, subject_id bigint, actor_id uuid, version integer, "position" bigint, type text, schema smallint, data jsonb)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
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

CREATE FUNCTION log.lock_head(OUT head bigint, OUT next_at timestamp with time zone, OUT erasures bigint) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog'
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7310);
    SELECT h.position, greatest(h.recorded_at, clock_timestamp()), e.count INTO STRICT head, next_at, erasures
    FROM log.head AS h JOIN log.erasures AS e USING (subject_id) WHERE h.subject_id = 0;
END
$$;

CREATE FUNCTION log.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % of %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON log.audit FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON log.events FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

CREATE TRIGGER append_only_but_for_names BEFORE UPDATE ON log.audit FOR EACH ROW WHEN ((to_jsonb(new.*) <> (to_jsonb(old.*) || '{"who": ""}'::jsonb))) EXECUTE FUNCTION log.refuse_change();

CREATE TRIGGER erasure AFTER DELETE OR UPDATE OR TRUNCATE ON log.accounts FOR EACH STATEMENT EXECUTE FUNCTION log.count_erasure();
