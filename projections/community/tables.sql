-- One row for each tool with a vote event: how many voters' last vote says ship, and skip.
DROP TABLE IF EXISTS community;
CREATE TABLE community (
    subject_id bigint PRIMARY KEY,
    ship       bigint NOT NULL,
    skip       bigint NOT NULL,
    position   bigint NOT NULL  -- of the last vote event that is counted in
) WITH (fillfactor = 70);  -- hot rows are updated in place
