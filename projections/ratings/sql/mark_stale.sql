-- Let all ratings be fitted anew.
UPDATE rating_fits SET stale = true WHERE NOT stale
