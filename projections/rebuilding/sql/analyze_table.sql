-- Collect the planner's statistics of the new table {table}.
ANALYZE {table}
