-- Write the statements that give the tables $1 of the schema $2, made anew, the rights that others have on them now.
SELECT format('GRANT %s ON %I.%I TO %s%s', privilege_type, $2::text, relname,
              CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
              CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS statement
FROM pg_class, aclexplode(relacl)
WHERE relnamespace = to_regnamespace($2) AND relname = ANY ($1::text[]) AND grantee <> relowner
UNION ALL
SELECT format('GRANT %s (%I) ON %I.%I TO %s%s', privilege_type, attname, $2::text, relname,
              CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
              CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM pg_class
JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
CROSS JOIN aclexplode(attacl)
WHERE relnamespace = to_regnamespace($2) AND relname = ANY ($1::text[]) AND grantee <> relowner
