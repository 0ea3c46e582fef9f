-- Let unqualified names mean live tables, but for those that a temporary one has the name of.
SET LOCAL search_path = read
