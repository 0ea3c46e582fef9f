-- Number the tools, given by their subject ids $1, from 0.
INSERT INTO tools SELECT number - 1, subject_id FROM unnest($1::bigint[]) WITH ORDINALITY AS given (subject_id, number)
