-- Read the ratings in the context $1, of the tools $2. Leans on the primary key.
SELECT subject_id, strength, score, low, high, scale, note, wins, losses, ties
FROM ratings WHERE context = $1 AND subject_id = ANY ($2::bigint[])
