-- Give new accounts ($1 their subject ids, $2 their names) a random pseudonym each.
INSERT INTO log.accounts (subject_id, account)
SELECT * FROM unnest($1::bigint[], $2::text[]) RETURNING account, voter_id
