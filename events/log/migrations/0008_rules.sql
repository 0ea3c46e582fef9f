-- Which rules made scores of votes, and from which position on. What was published under a rule is read by it for ever,
-- so an adoption is never changed, only followed by another.

CREATE TABLE log.adoptions (
    subject_id bigint      NOT NULL DEFAULT 0 CHECK (subject_id = 0),
    position   bigint      NOT NULL,  -- of the last event that is still read by the rule before
    rule       text        NOT NULL,
    adopted_by text        NOT NULL,  -- the account that adopted it
    adopted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (subject_id, position, adopted_at)
);
INSERT INTO log.adoptions (position, rule, adopted_by) VALUES (-1, '2026-11', 'ostraka');
GRANT SELECT, INSERT ON log.adoptions TO ostraka_app;
