-- List the events found that are not all that their stream holds, in a table that goes with the transaction, and count how
-- many streams that are.
CREATE TEMP TABLE targets ON COMMIT DROP AS
SELECT subject_id, unnest(actor_ids) AS actor_id, unnest(versions) AS version, unnest(positions) AS position,
       unnest(nexts) AS next, type, value, anonymous
FROM found;
ANALYZE targets (subject_id, actor_id)
