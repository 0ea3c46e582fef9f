-- Forget answers recorded before $1. Leans on answers_recorded_at.
DELETE FROM log.answers WHERE recorded_at < $1
