-- How far each read model has folded, and by which definition.
CREATE TABLE IF NOT EXISTS checkpoints (
    subject_id  bigint NOT NULL DEFAULT 0 CHECK (subject_id = 0),
    model       text   NOT NULL,
    position    bigint NOT NULL,
    fingerprint text   NOT NULL,
    PRIMARY KEY (subject_id, model)
)
