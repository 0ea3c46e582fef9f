-- Find the pseudonyms of accounts ($1 their subject ids, $2 their names). Leans on the primary key.
SELECT account, voter_id FROM log.accounts
WHERE (subject_id, account) IN (SELECT * FROM unnest($1::bigint[], $2::text[]))
