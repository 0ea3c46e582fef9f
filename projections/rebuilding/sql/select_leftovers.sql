-- Name the application's schemas of rebuilt tables that belong to no replay that is going on.
SELECT quote_ident(nspname) AS schema
FROM pg_namespace
WHERE starts_with(nspname, 'rebuild_') AND pg_get_userbyid(nspowner) = current_user
  AND NOT EXISTS (
      SELECT FROM log.replays
      WHERE state IN ('running', 'ready') AND substr(nspname, length('rebuild_') + 1) = ANY (models))
