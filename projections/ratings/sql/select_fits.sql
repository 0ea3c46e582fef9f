-- Read which position the ratings of each context reflect and when they were fitted, the ones that count all preferences
-- ($1) first. Leans on the primary key.
SELECT context, position, fitted_at FROM rating_fits
WHERE subject_id = 0
ORDER BY context <> $1, context COLLATE "C"
