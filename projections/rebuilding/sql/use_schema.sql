-- Let unqualified names mean tables of the schema $1, until another is named.
SELECT set_config('search_path', $1, false)
