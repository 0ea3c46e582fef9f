-- Empty the table {table} of the subject $1. Leans on the primary key.
DELETE FROM {table} WHERE subject_id = $1
