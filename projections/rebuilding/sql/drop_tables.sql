-- Drop the live tables {tables}; waits for whoever reads them.
DROP TABLE IF EXISTS {tables}
