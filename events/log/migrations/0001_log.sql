-- The log: one table of events in one total order, its head, and what stands beside it.
-- subject_id comes first in every primary key: it is the distribution key (docs/decisions/0005).

CREATE TABLE log.head (
    subject_id  bigint PRIMARY KEY CHECK (subject_id = 0),
    position    bigint NOT NULL,
    recorded_at timestamptz NOT NULL
);
INSERT INTO log.head VALUES (0, 0, '-infinity');

CREATE TABLE log.events (
    subject_id  bigint      NOT NULL,
    position    bigint      NOT NULL CHECK (position > 0),
    recorded_at timestamptz NOT NULL,
    occurred_at timestamptz,
    version     integer     NOT NULL CHECK (version > 0),
    schema      smallint    NOT NULL,
    type        text        NOT NULL,
    actor_id    uuid        NOT NULL,
    data        jsonb       NOT NULL,
    PRIMARY KEY (subject_id, actor_id, version)
);
CREATE INDEX events_position ON log.events (position);

-- Which account a pseudonym belongs to. Mutable on purpose: deleting a row erases the person.
CREATE TABLE log.accounts (
    subject_id bigint NOT NULL,
    account    text   NOT NULL,
    voter_id   uuid   NOT NULL DEFAULT uuidv7(),
    PRIMARY KEY (subject_id, account)
);

-- Answers given under an Idempotency-Key, kept for 24 hours.
CREATE TABLE log.answers (
    subject_id  bigint      NOT NULL,
    key         text        NOT NULL,
    fingerprint bytea       NOT NULL,
    answers     bytea       NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (subject_id, key)
);
CREATE INDEX answers_recorded_at ON log.answers (recorded_at);

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % of log.events is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log.events
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();

-- The role the application runs as: it may add to the log and read it, nothing else.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ostraka_app') THEN
        CREATE ROLE ostraka_app NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;  -- another database of this cluster was being migrated at the same moment
END
$$;
GRANT ostraka_app TO CURRENT_USER;
GRANT USAGE ON SCHEMA log TO ostraka_app;
GRANT SELECT, INSERT ON log.events TO ostraka_app;
GRANT SELECT, UPDATE ON log.head TO ostraka_app;
GRANT SELECT, INSERT ON log.accounts TO ostraka_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON log.answers TO ostraka_app;

-- Read models belong to the application: it builds, folds and rebuilds them.
CREATE SCHEMA read AUTHORIZATION ostraka_app;
