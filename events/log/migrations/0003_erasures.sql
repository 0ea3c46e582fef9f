-- How often accounts were erased or altered. Whoever keeps pseudonyms in memory reads it in the statement
-- that reads the head: while it stands still, no account lost its pseudonym. It is no column of log.head, or
-- someone who takes their time over an erasure would hold back every write to the log.

CREATE TABLE log.erasures (
    subject_id bigint PRIMARY KEY CHECK (subject_id = 0),
    count      bigint NOT NULL
);
INSERT INTO log.erasures VALUES (0, 0);
GRANT SELECT ON log.erasures TO ostraka_app;

CREATE FUNCTION log.count_erasure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
    UPDATE log.erasures SET count = count + 1 WHERE subject_id = 0;
    RETURN NULL;
END
$$;
CREATE TRIGGER erasure AFTER UPDATE OR DELETE OR TRUNCATE ON log.accounts
    FOR EACH STATEMENT EXECUTE FUNCTION log.count_erasure();
