-- Read up to $4 lines of the audit list, newest first, ahead of the line $1 (null: from the newest), of the account $2
-- and of the action $3 (null: of any). Leans on the primary key, on audit_who and audit_action.
SELECT id, at, who, role, action, what, detail FROM log.audit
WHERE subject_id = 0 AND ($1::uuid IS NULL OR id < $1)
  AND ($2::text IS NULL OR who = $2) AND ($3::text IS NULL OR action = $3)
ORDER BY id DESC LIMIT $4
