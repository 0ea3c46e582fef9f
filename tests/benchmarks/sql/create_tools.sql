-- Create a table that numbers the tools.
CREATE TEMP TABLE tools (number integer, subject_id bigint)
