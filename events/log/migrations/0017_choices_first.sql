-- As before, but what nearly all events hold is looked for first: most are votes, and a look into JSON is what it costs.
CREATE OR REPLACE FUNCTION log.choice_of(data jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(data ->> 'choice', data ->> 'verdict', CASE
    WHEN data -> 'winner' IS NULL THEN NULL
    WHEN data -> 'winner' = data -> 'left' THEN 'ship'
    WHEN data -> 'winner' = data -> 'right' THEN 'skip'
    ELSE 'tie'
END);
