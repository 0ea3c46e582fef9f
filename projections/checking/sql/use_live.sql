-- Let unqualified names mean live tables, except those that a temporary table shadows.
SET LOCAL search_path = read
