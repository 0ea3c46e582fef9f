-- Ratings of tools by what was preferred in their matchups. They are fitted, not folded, so they stand beside the read
-- models: each context's as of one position.

CREATE TABLE IF NOT EXISTS rating_fits (
    subject_id bigint      NOT NULL DEFAULT 0 CHECK (subject_id = 0),
    context    text        NOT NULL,
    position   bigint      NOT NULL,  -- every preference and ruling up to here is counted in
    stale      boolean     NOT NULL DEFAULT false,  -- tallies changed without an event
    fitted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (subject_id, context)
);

CREATE TABLE IF NOT EXISTS ratings (
    subject_id bigint           NOT NULL,  -- of the tool
    context    text             NOT NULL,
    strength   double precision,
    score      double precision,
    low        double precision,
    high       double precision,
    scale      integer          NOT NULL,  -- scores of different scales cannot be compared
    note       text,
    wins       bigint           NOT NULL,
    losses     bigint           NOT NULL,
    ties       bigint           NOT NULL,
    PRIMARY KEY (subject_id, context)
);
CREATE INDEX IF NOT EXISTS ratings_context ON ratings (context);
