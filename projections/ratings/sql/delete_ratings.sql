-- Drop the ratings in the context $1. Leans on ratings_context.
DELETE FROM ratings WHERE context = $1
