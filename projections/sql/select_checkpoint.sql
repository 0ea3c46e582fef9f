-- Read how far the model $1, in the definition with fingerprint $2, has folded; no row if there is none.
SELECT position FROM checkpoints WHERE subject_id = 0 AND model = $1 AND fingerprint = $2
