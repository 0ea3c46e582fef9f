-- Of every tally, how much is of people without an account. Reads all.
SELECT subject_id, ship, skip, tie FROM anonymous
