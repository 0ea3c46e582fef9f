-- Drop the schema {schema} of rebuilt tables with all that is in it.
DROP SCHEMA IF EXISTS {schema} CASCADE
