-- Move the checkpoint of the model $1 to position $2.
UPDATE checkpoints SET position = $2 WHERE subject_id = 0 AND model = $1
