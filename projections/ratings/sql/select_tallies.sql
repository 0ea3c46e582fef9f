-- Every tally, of matchups and of tools: to look for a hundred thousand matchups by their keys takes longer. Reads all.
SELECT subject_id, ship, skip, tie FROM community
