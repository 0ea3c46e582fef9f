-- Add lines to the audit list: $1 who, $2 in which roles, $3 did what, $4 to what, $5 with which details (jsonb).
INSERT INTO log.audit (who, role, action, what, detail)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[])
