-- Give new accounts ($1 their subject ids, $2 their names) these pseudonyms ($3).
INSERT INTO log.accounts (subject_id, account, voter_id)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::uuid[])
