-- Let the planner know what is in the table {table}, which nothing has looked at so far.
ANALYZE {table}
