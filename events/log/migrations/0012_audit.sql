-- The audit list: what moderators and admins did, each line written with what it tells of.

CREATE TABLE log.audit (
    subject_id bigint      NOT NULL DEFAULT 0 CHECK (subject_id = 0),
    id         uuid        NOT NULL DEFAULT uuidv7(),
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    who        text        NOT NULL,  -- an account; empty once it was erased
    role       text        NOT NULL,
    action     text        NOT NULL,
    what       text        NOT NULL,  -- an id or a slug
    detail     jsonb       NOT NULL,
    PRIMARY KEY (subject_id, id)
);
CREATE INDEX audit_who ON log.audit (who, id);
CREATE INDEX audit_action ON log.audit (action, id);
GRANT SELECT, INSERT ON log.audit TO ostraka_app;

CREATE OR REPLACE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % of %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON log.audit
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
-- The owner may erase a name, and change nothing else.
CREATE TRIGGER append_only_but_for_names BEFORE UPDATE ON log.audit
    FOR EACH ROW WHEN (to_jsonb(new) <> to_jsonb(old) || '{"who": ""}') EXECUTE FUNCTION log.refuse_change();
