-- Tell whether the tool with subject id $1 was ever listed. Leans on the primary key.
SELECT EXISTS (SELECT FROM tools WHERE subject_id = $1)
