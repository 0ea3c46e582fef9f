-- Number the voters from 0, and make the draw the same every time.
CREATE TEMP TABLE voters AS
SELECT row_number() OVER (ORDER BY voter_id)::integer - 1 AS number, voter_id FROM log.accounts;
SELECT setseed(0.42)
