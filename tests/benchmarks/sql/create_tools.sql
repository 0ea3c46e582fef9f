-- Where the tools are numbered.
CREATE TEMP TABLE tools (number integer, subject_id bigint)
