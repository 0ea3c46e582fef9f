-- Read the position from which the subject $1 is quarantined, if it was folded again up to there.
SELECT position FROM set_aside WHERE subject_id = $1 AND tries > 0
