-- Let the rule $1 be current for all that is read from now on, and as of any position above $2, by order of the account
-- $3. No row if it is current already.
INSERT INTO log.adoptions (position, rule, adopted_by)
SELECT $2, $1, $3
WHERE $1 <> (
    SELECT rule FROM log.adoptions WHERE subject_id = 0 ORDER BY position DESC, adopted_at DESC LIMIT 1
)
RETURNING position
