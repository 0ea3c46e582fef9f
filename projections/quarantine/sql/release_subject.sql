-- Let the subject $1 be folded on again; no row if it was not set aside.
DELETE FROM set_aside WHERE subject_id = $1 RETURNING subject_id
