-- One row for each standing review, and one tally for each tool that was ever reviewed.
DROP TABLE IF EXISTS reviews, panel;
CREATE TABLE reviews (
    subject_id  bigint      NOT NULL,
    actor_id    uuid        NOT NULL,
    panelist    text        NOT NULL,
    verdict     text        NOT NULL,
    headline    text        NOT NULL,
    body        text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    position    bigint      NOT NULL,
    PRIMARY KEY (subject_id, actor_id)
);
CREATE INDEX reviews_position ON reviews (position);
CREATE TABLE panel (
    subject_id bigint PRIMARY KEY,
    ship       bigint NOT NULL,
    skip       bigint NOT NULL,
    position   bigint NOT NULL  -- of the last review event that is counted in
);
