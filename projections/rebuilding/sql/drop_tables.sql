-- Drop the live tables {tables}; waits for their readers.
DROP TABLE IF EXISTS {tables}
