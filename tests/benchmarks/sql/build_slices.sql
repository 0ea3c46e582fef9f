-- Give what slice_differences.sql made its index, and sum it up to the tallies with theirs: then all of the community's
-- tables are there that a log without rulings fills.
ALTER TABLE tally ADD PRIMARY KEY (subject_id, hour, cell);
CREATE TEMP TABLE community AS
SELECT subject_id, sum(ship) AS ship, sum(skip) AS skip, max(position) AS position FROM tally GROUP BY subject_id;
ALTER TABLE community ADD PRIMARY KEY (subject_id)
