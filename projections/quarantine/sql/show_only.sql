-- Let `events` mean those of the subjects {subjects} alone, until the transaction ends or drops the view: what is
-- temporary is found first. Plans made before would not notice.
CREATE TEMPORARY VIEW events AS
SELECT subject_id, position, recorded_at, occurred_at, version, schema, type, actor_id, data
FROM log.events WHERE subject_id = ANY ('{{{subjects}}}'::bigint[]);
DISCARD PLANS
