-- Moderation: how rulings and what they rule on are found, and the batches that rulings belong to.

CREATE INDEX events_rulings ON log.events (subject_id, actor_id, version)
    WHERE type IN ('EventRetracted', 'EventReinstated');
CREATE INDEX events_batch ON log.events ((data ->> 'batch'), position)
    WHERE type IN ('EventRetracted', 'EventReinstated');
CREATE INDEX events_reviews ON log.events (subject_id, actor_id, version)
    WHERE type IN ('ReviewSubmitted', 'ReviewRevised', 'ReviewWithdrawn');
-- All but votes: few, so that whoever looks for them need not read a range of votes.
CREATE INDEX events_rare ON log.events (position) WHERE type NOT IN ('VoteCast', 'VoteWithdrawn');

-- What moderators ordered. Only the columns that tell progress can ever change.
CREATE TABLE log.batches (
    subject_id bigint      NOT NULL DEFAULT 0 CHECK (subject_id = 0),
    id         uuid        NOT NULL DEFAULT uuidv7(),
    action     text        NOT NULL CHECK (action IN ('retract', 'reinstate')),
    selection  jsonb       NOT NULL,
    reverts    uuid,                  -- the batch whose rulings this one takes back
    reason     text        NOT NULL,
    note       text        NOT NULL,
    moderator  text        NOT NULL,  -- the account that ordered it
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    fingerprint bytea,                -- of the request, where it named the batch by an Idempotency-Key
    head       bigint      NOT NULL,  -- events up to here are selected from
    matched    bigint      NOT NULL,
    state      text        NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
    reached    bigint      NOT NULL DEFAULT 0,  -- matched events up to this position have been ruled on
    error      text,
    ended_at   timestamptz,
    PRIMARY KEY (subject_id, id)
);
CREATE INDEX batches_running ON log.batches (created_at) WHERE state = 'running';
GRANT SELECT, INSERT ON log.batches TO ostraka_app;
GRANT UPDATE (state, reached, error, ended_at) ON log.batches TO ostraka_app;

-- The votes and reviews that a batch is about, settled when it was ordered, and what they say. What became of
-- each stands in the log.
CREATE TABLE log.targets (
    subject_id bigint  NOT NULL,
    batch      uuid    NOT NULL,
    position   bigint  NOT NULL,
    actor_id   uuid    NOT NULL,
    version    integer NOT NULL,
    type       text    NOT NULL,
    value      text,  -- ship or skip; null for a withdrawal
    PRIMARY KEY (subject_id, batch, position)
);
CREATE INDEX targets_batch ON log.targets (batch, position);
GRANT SELECT, INSERT ON log.targets TO ostraka_app;
