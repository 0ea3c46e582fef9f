-- Let unqualified names mean temporary tables, new ones too, until the end of the transaction.
SET LOCAL search_path = pg_temp
