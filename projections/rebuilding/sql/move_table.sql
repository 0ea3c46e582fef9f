-- Let the rebuilt table {table} be a live one, with its indexes and constraints.
ALTER TABLE {table} SET SCHEMA {schema}
