-- Replays: read models folded anew beside the live ones, to be looked at and swapped in.

-- What was ordered, and how far it is. Only the columns that tell progress can ever change. How far the tables
-- themselves are stands in the checkpoints beside them, which move with each fold.
CREATE TABLE log.replays (
    subject_id  bigint      NOT NULL DEFAULT 0 CHECK (subject_id = 0),
    id          uuid        NOT NULL,
    models      text[]      NOT NULL,
    dry_run     boolean     NOT NULL,
    moderator   text        NOT NULL,  -- the account that ordered it
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    fingerprint bytea,                 -- of the request, where it named the replay by an Idempotency-Key
    state       text        NOT NULL CHECK (state IN ('running', 'ready', 'done', 'cancelled', 'failed')),
    swaps       boolean     NOT NULL,  -- whether it swaps once it has reached the head
    begun_at    timestamptz,           -- when its tables were made
    position    bigint      NOT NULL DEFAULT 0,
    head        bigint      NOT NULL DEFAULT 0,
    rate        double precision,      -- events a second
    difference  jsonb,
    error       text,
    ended_at    timestamptz,
    PRIMARY KEY (subject_id, id)
);
CREATE INDEX replays_going_on ON log.replays (created_at) WHERE state IN ('running', 'ready');
GRANT SELECT, INSERT ON log.replays TO ostraka_app;
GRANT UPDATE (state, swaps, begun_at, position, head, rate, difference, error, ended_at) ON log.replays
    TO ostraka_app;

-- The application may create schemas for rebuilt tables, and no others: creating any would be a right on the
-- whole database.
CREATE FUNCTION log.create_rebuild_schema(model text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    EXECUTE format('CREATE SCHEMA %I AUTHORIZATION ostraka_app', 'rebuild_' || model);
END
$$;
REVOKE ALL ON FUNCTION log.create_rebuild_schema (text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log.create_rebuild_schema (text) TO ostraka_app;
