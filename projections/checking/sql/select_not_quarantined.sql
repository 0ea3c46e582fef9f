-- Name those of the subjects $1 that are not quarantined.
SELECT subject_id FROM unnest($1::bigint[]) AS asked (subject_id)
WHERE NOT EXISTS (SELECT FROM set_aside AS aside WHERE aside.subject_id = asked.subject_id)
