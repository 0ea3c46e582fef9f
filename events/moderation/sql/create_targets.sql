-- Make a table of targets that goes with the transaction; statements that name `targets` find it first.
CREATE TEMP TABLE targets (LIKE log.targets) ON COMMIT DROP
