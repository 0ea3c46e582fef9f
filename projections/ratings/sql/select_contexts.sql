-- Name the contexts that have ratings. Leans on the primary key.
SELECT context FROM rating_fits WHERE subject_id = 0 ORDER BY context COLLATE "C"
