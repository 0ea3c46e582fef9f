-- Who ordered a rule to be adopted. That one was adopted is an event; the name stands here, where it can be erased.

CREATE TABLE log.adoptions (
    subject_id bigint NOT NULL DEFAULT 0 CHECK (subject_id = 0),
    id         uuid   NOT NULL,  -- the event's `order`
    ordered_by text   NOT NULL,  -- an account
    PRIMARY KEY (subject_id, id)
);
GRANT SELECT, INSERT ON log.adoptions TO ostraka_app;
