-- The crowd: each tool's and each matchup's tally as it is, as it became, and what moderators ruled on it.

DROP TABLE IF EXISTS community, community_history, anonymous, anonymous_history, matchups, matchup_history,
    anonymous_matchups, anonymous_matchup_history, exclusions, excluded, moderations;

-- One row for each tool with a vote event: how many voters' votes say ship, and how many say skip.
CREATE TABLE community (
    subject_id bigint PRIMARY KEY,
    ship       bigint NOT NULL,
    skip       bigint NOT NULL,
    position   bigint NOT NULL  -- of the last vote event, or ruling on one, that is counted in
) WITH (fillfactor = 70);  -- hot rows are updated in place

-- The changes in each hour and cell (projections/cells.py), as published: by what happened there; and as
-- corrected: by the vote events there under all rulings known by now. Each adds up to the tally.
CREATE TABLE community_history (
    subject_id     bigint      NOT NULL,
    hour           timestamptz NOT NULL,
    cell           bigint      NOT NULL,
    events         bigint      NOT NULL,  -- vote events, counting or not
    ship           bigint      NOT NULL,
    skip           bigint      NOT NULL,
    corrected_ship bigint      NOT NULL,
    corrected_skip bigint      NOT NULL,
    position       bigint      NOT NULL,  -- of the last vote event, or ruling on one, there
    PRIMARY KEY (subject_id, hour, cell)
) WITH (fillfactor = 90);

-- How many of these votes are of people without an account. They are counted above, too.
CREATE TABLE anonymous (
    subject_id bigint PRIMARY KEY,
    ship       bigint NOT NULL,
    skip       bigint NOT NULL
);
CREATE TABLE anonymous_history (
    subject_id     bigint      NOT NULL,
    hour           timestamptz NOT NULL,
    cell           bigint      NOT NULL,
    ship           bigint      NOT NULL,
    skip           bigint      NOT NULL,
    corrected_ship bigint      NOT NULL,
    corrected_skip bigint      NOT NULL,
    PRIMARY KEY (subject_id, hour, cell)
);

-- The pairs of tools that anybody ever compared, in each context: how many voters prefer the left tool, the right one, and
-- neither.
CREATE TABLE matchups (
    subject_id bigint PRIMARY KEY,
    left_slug  text   NOT NULL,
    right_slug text   NOT NULL,
    context    text   NOT NULL,
    left_wins  bigint NOT NULL DEFAULT 0,
    right_wins bigint NOT NULL DEFAULT 0,
    ties       bigint NOT NULL DEFAULT 0,
    position   bigint NOT NULL DEFAULT 0  -- of the last preference, or ruling on one, that is counted in
);
CREATE INDEX matchups_pair ON matchups (left_slug, right_slug);
CREATE INDEX matchups_right ON matchups (right_slug);
CREATE INDEX matchups_position ON matchups (position);

-- The changes in each hour and cell, as published and as corrected. Each adds up to the matchup's counts.
CREATE TABLE matchup_history (
    subject_id           bigint      NOT NULL,
    hour                 timestamptz NOT NULL,
    cell                 bigint      NOT NULL,
    left_wins            bigint      NOT NULL,
    right_wins           bigint      NOT NULL,
    ties                 bigint      NOT NULL,
    corrected_left_wins  bigint      NOT NULL,
    corrected_right_wins bigint      NOT NULL,
    corrected_ties       bigint      NOT NULL,
    PRIMARY KEY (subject_id, hour, cell)
) WITH (fillfactor = 90);

-- How many of these preferences are of people without an account. They are counted above, too.
CREATE TABLE anonymous_matchups (
    subject_id bigint PRIMARY KEY,
    left_wins  bigint NOT NULL,
    right_wins bigint NOT NULL,
    ties       bigint NOT NULL
);
CREATE TABLE anonymous_matchup_history (
    subject_id           bigint      NOT NULL,
    hour                 timestamptz NOT NULL,
    cell                 bigint      NOT NULL,
    left_wins            bigint      NOT NULL,
    right_wins           bigint      NOT NULL,
    ties                 bigint      NOT NULL,
    corrected_left_wins  bigint      NOT NULL,
    corrected_right_wins bigint      NOT NULL,
    corrected_ties       bigint      NOT NULL,
    PRIMARY KEY (subject_id, hour, cell)
);

-- How many more cast votes or preferences are retracted, by the reason of the last ruling: as published at the ruling's
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

-- How many cast votes or preferences are retracted now, by the reason of the last ruling.
CREATE TABLE excluded (
    subject_id bigint NOT NULL,
    reason     text   NOT NULL,
    votes      bigint NOT NULL,
    PRIMARY KEY (subject_id, reason)
);

-- The rulings of each batch on a tool, on its votes and reviews alike, or on a matchup.
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
