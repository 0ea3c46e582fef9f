-- Name the subjects whose rows in the tables {live} and {rebuilt} differ.
SELECT subject_id FROM (SELECT * FROM {live} EXCEPT SELECT * FROM {rebuilt}) AS gone
UNION
SELECT subject_id FROM (SELECT * FROM {rebuilt} EXCEPT SELECT * FROM {live}) AS come
