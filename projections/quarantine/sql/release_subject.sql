-- Release the subject $1 from quarantine; no row if it was not there.
DELETE FROM set_aside WHERE subject_id = $1 RETURNING subject_id
