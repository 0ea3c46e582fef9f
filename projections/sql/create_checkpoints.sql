-- The tables that every schema of read models needs.

-- How far each read model has folded, and by which definition.
CREATE TABLE IF NOT EXISTS checkpoints (
    subject_id  bigint NOT NULL DEFAULT 0 CHECK (subject_id = 0),
    model       text   NOT NULL,
    position    bigint NOT NULL,
    fingerprint text   NOT NULL,
    PRIMARY KEY (subject_id, model)
);

-- The quarantined subjects: each stands as it did before its poison event.
CREATE TABLE IF NOT EXISTS set_aside (
    subject_id bigint      PRIMARY KEY,
    position   bigint      NOT NULL,  -- of that event
    type       text        NOT NULL,
    error      text        NOT NULL,
    since      timestamptz NOT NULL DEFAULT clock_timestamp(),
    tries      integer     NOT NULL DEFAULT 0,  -- at folding it anew
    retry_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS set_aside_position ON set_aside (position);

-- How far the subjects were checked against the log, and how many were found to differ from it so far.
CREATE TABLE IF NOT EXISTS checks (
    subject_id bigint PRIMARY KEY DEFAULT 0 CHECK (subject_id = 0),
    reached    bigint NOT NULL,  -- the subject that was checked last
    rounds     bigint NOT NULL DEFAULT 0,
    drift      bigint NOT NULL DEFAULT 0
);
ALTER TABLE checks
    ADD COLUMN IF NOT EXISTS round_at timestamptz,  -- when the last round was complete
    ADD COLUMN IF NOT EXISTS drift_at timestamptz;  -- when a subject was last found to differ
INSERT INTO checks (reached) VALUES (-1) ON CONFLICT DO NOTHING;

-- Folds read this view: the log without what is quarantined. The columns are named, so that the log may get more.
DO $$
BEGIN
    IF to_regclass('events') IS NULL THEN
        CREATE VIEW events AS
        SELECT subject_id, position, recorded_at, occurred_at, version, schema, type, actor_id, data
        FROM log.events AS event
        WHERE NOT EXISTS (
            SELECT FROM set_aside AS aside
            WHERE aside.subject_id = event.subject_id AND aside.position <= event.position
        );
    END IF;
END
$$
