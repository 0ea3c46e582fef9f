-- The crowd: each tool's and each matchup's tally as it is, as it became, and what moderators ruled on it.

-- One row for each tool or matchup with a vote event: how many voters' votes say ship, and skip. In a matchup ship is
-- for the left tool, skip for the right one, and tie for neither.
DROP TABLE IF EXISTS community, community_history, exclusions, excluded, moderations, matchups,
    anonymous, anonymous_history;
CREATE TABLE community (
    subject_id bigint PRIMARY KEY,
    ship       bigint NOT NULL,
    skip       bigint NOT NULL,
    tie        bigint NOT NULL,
    position   bigint NOT NULL  -- of the last vote event, or ruling on one, that is counted in
) WITH (fillfactor = 70);  -- hot rows are updated in place

-- What changed in each hour and cell (projections/cells.py), as published: by what happened there; and as
-- corrected: by the vote events there under all rulings known by now. Each adds up to the tally.
CREATE TABLE community_history (
    subject_id     bigint      NOT NULL,
    hour           timestamptz NOT NULL,
    cell           bigint      NOT NULL,
    events         bigint      NOT NULL,  -- vote events, counting or not
    ship           bigint      NOT NULL,
    skip           bigint      NOT NULL,
    tie            bigint      NOT NULL,
    corrected_ship bigint      NOT NULL,
    corrected_skip bigint      NOT NULL,
    corrected_tie  bigint      NOT NULL,
    position       bigint      NOT NULL,  -- of the last vote event, or ruling on one, there
    PRIMARY KEY (subject_id, hour, cell)
) WITH (fillfactor = 90);

-- How many of them are of people without an account. They are counted above, too.
CREATE TABLE anonymous (
    subject_id bigint PRIMARY KEY,
    ship       bigint NOT NULL,
    skip       bigint NOT NULL,
    tie        bigint NOT NULL
);
CREATE TABLE anonymous_history (
    subject_id     bigint      NOT NULL,
    hour           timestamptz NOT NULL,
    cell           bigint      NOT NULL,
    ship           bigint      NOT NULL,
    skip           bigint      NOT NULL,
    tie            bigint      NOT NULL,
    corrected_ship bigint      NOT NULL,
    corrected_skip bigint      NOT NULL,
    corrected_tie  bigint      NOT NULL,
    PRIMARY KEY (subject_id, hour, cell)
);

-- How many more cast votes are retracted, by the reason of the last ruling: as published at the ruling's
-- place, as corrected at the vote's.
CREATE TABLE exclusions (
    subject_id      bigint      NOT NULL,
    hour            timestamptz NOT NULL,
    cell            bigint      NOT NULL,
    reason          text        NOT NULL,
    votes           bigint      NOT NULL,
    corrected_votes bigint      NOT NULL,
    PRIMARY KEY (subject_id, hour, cell, reason)
);

-- How many cast votes are retracted now, by the reason of the last ruling.
CREATE TABLE excluded (
    subject_id bigint NOT NULL,
    reason     text   NOT NULL,
    votes      bigint NOT NULL,
    PRIMARY KEY (subject_id, reason)
);

-- What each batch of rulings did on a tool, on its votes and reviews alike, or on a matchup.
CREATE TABLE moderations (
    subject_id     bigint      NOT NULL,
    batch          text        NOT NULL,
    type           text        NOT NULL,
    reason         text        NOT NULL,
    events         bigint      NOT NULL,  -- rulings
    first_position bigint      NOT NULL,
    last_position  bigint      NOT NULL,
    recorded_at    timestamptz NOT NULL,  -- of the last ruling
    PRIMARY KEY (subject_id, batch)
);

-- The pairs of tools that anybody ever held against each other, in each context.
CREATE TABLE matchups (
    subject_id bigint PRIMARY KEY,
    left_slug  text   NOT NULL,
    right_slug text   NOT NULL,
    context    text   NOT NULL,
    position   bigint NOT NULL  -- of the last preference in it, or ruling on one
);
CREATE INDEX matchups_pair ON matchups (left_slug, right_slug);
CREATE INDEX matchups_right ON matchups (right_slug);
CREATE INDEX matchups_position ON matchups (position);
